using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class PageTests(StudioFixture studio)
{
    [Fact]
    public async Task FirstLoad_WithoutACache_TakesUnder300Kilobytes()
    {
        await using var visit = await studio.OpenAsync();
        await visit.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        var bytes = await visit.Page.EvaluateAsync<long>(
            "() => [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce((sum, entry) => sum + entry.encodedBodySize + 300, 0)");

        Assert.InRange(bytes, 30_000, 300_000);
    }

    [Fact]
    public async Task Theme_Chosen_OutlivesTheVisit()
    {
        await using var visit = await studio.OpenAsync(colors: ColorScheme.Light);
        var body = visit.Page.Locator("body");
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(241, 241, 240)");

        // Waited for, not read once: on a busy machine the colours have been seen to follow the button a moment later.
        var button = visit.Page.GetByRole(AriaRole.Button, new() { Name = "Colours" });
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("Colours: light");
        await button.ClickAsync();
        await Expect(button).ToHaveTextAsync("Colours: dark");
        await Expect(body).ToHaveCSSAsync("background-color", "rgb(22, 22, 22)");
        await visit.Page.ReloadAsync();

        await Expect(body).ToHaveCSSAsync("background-color", "rgb(22, 22, 22)");
        await button.PressAsync("Enter");
        await Expect(button).ToHaveTextAsync("Colours: as the system");
        await button.ClickAsync(new() { Position = new() { X = 3, Y = 3 } });
        await Expect(button).ToHaveTextAsync("Colours: light");
    }

    [Theory]
    [InlineData("upscale")]
    [InlineData("contest")]
    [InlineData("attention")]
    [InlineData("blind")]
    [InlineData("results")]
    public async Task View_OnAPhone_FitsItsWidth(string view)
    {
        await using var visit = await studio.OpenAsync(view, width: 360, height: 740);
        await Expect(visit.View.Locator("h1")).ToBeVisibleAsync();

        Assert.Equal(360, await visit.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task Views_WithAPictureOnTheNarrowestPhone_FitItsWidth()
    {
        await using var visit = await studio.OpenAsync(width: 320, height: 640);
        await visit.DropAsync(Repository.Sample("perched-osprey.png"));
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Lens" }).ClickAsync();
        var lens = (await visit.View.Locator(".lens").BoundingBoxAsync())!;
        Assert.InRange(lens.X, 0, 320 - lens.Width);

        foreach (var view in (string[])["upscale", "contest", "attention", "blind", "results"])
        {
            await visit.FollowAsync(view);
            await Expect(visit.View.Locator("h1").First).ToBeVisibleAsync();
            Assert.Equal(320, await visit.Page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.documentElement.clientWidth)"));
        }
    }

    [Theory]
    [InlineData("contest")]
    [InlineData("attention")]
    public async Task StartButton_OnAPhone_StandsAboveTheTabs(string view)
    {
        await using var visit = await studio.OpenAsync(view, width: 390, height: 500);
        await visit.ChooseAsync("Choose a picture", Repository.Sample("perched-osprey.png"));
        var start = visit.View.Locator(".sticky");
        await Expect(start).ToBeEnabledAsync();
        await visit.Page.EvaluateAsync("() => scrollTo(0, 0)");

        Assert.True(await start.EvaluateAsync<bool>(
            """
            button => {
              const box = button.getBoundingClientRect();
              return document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2) === button;
            }
            """));
    }

    [Fact]
    public async Task Keyboard_Alone_UpscalesAndDownloads()
    {
        await using var visit = await studio.OpenAsync();
        var page = visit.Page;
        page.FileChooser += (_, chooser) => chooser.SetFilesAsync(Repository.Sample("perched-osprey.png"));
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.Locator(".skip")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("Tab");
        await Expect(visit.View.GetByLabel("Model", new() { Exact = true })).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("lanczos");
        await TabToAsync(page, "Choose pictures");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForSelectorAsync(".stage[data-shown]");

        await TabToAsync(page, "Divider");
        await page.Keyboard.PressAsync("Home");
        await Expect(page.GetByRole(AriaRole.Slider, new() { Name = "Divider" })).ToHaveAttributeAsync("aria-valuenow", "0");
        await TabToAsync(page, "Download");
        var download = await page.RunAndWaitForDownloadAsync(() => page.Keyboard.PressAsync("Enter"));

        Assert.StartsWith("perched-osprey", download.SuggestedFilename, StringComparison.Ordinal);
    }

    private static async Task TabToAsync(IPage page, string name)
    {
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var focused = await page.EvaluateAsync<string>("() => document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent");
            if (focused.Trim().StartsWith(name, StringComparison.Ordinal))
            {
                return;
            }
        }

        Assert.Fail($"40 steps with Tab did not reach '{name}'.");
    }
}
