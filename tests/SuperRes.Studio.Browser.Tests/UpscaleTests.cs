using System.Globalization;
using System.IO.Compression;
using Microsoft.Playwright;
using SuperRes.Imaging;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class UpscaleTests(StudioFixture studio)
{
    private const string Shown = ".stage[data-shown]";
    private static readonly string Osprey = Repository.Sample("perched-osprey.png");

    [Fact]
    public async Task Drop_APhoto_ShowsProgressThenTheDifferenceAndGivesTheCommandsPixels()
    {
        await using var visit = await studio.OpenAsync();
        var page = visit.Page;
        await page.EvaluateAsync(
            """
            () => {
              window.seen = [];
              const line = document.querySelector('.stage-progress p');
              new MutationObserver(() => window.seen.push(line.textContent)).observe(line, { childList: true, characterData: true, subtree: true });
            }
            """);
        await visit.ChooseModelAsync(StudioFixture.PlainModel);

        await visit.DropAsync(Osprey);
        await page.WaitForSelectorAsync(Shown);

        var seen = await page.EvaluateAsync<string[]>("() => window.seen");
        Assert.Contains(seen, text => text.StartsWith("Sending", StringComparison.Ordinal));
        Assert.Contains(seen, text => text.Contains('%', StringComparison.Ordinal) && !text.StartsWith("Sending", StringComparison.Ordinal));
        await Expect(page.Locator("#live")).ToContainTextAsync("perched-osprey.png is done.");
        await Expect(visit.View.Locator(".facts")).ToContainTextAsync("640 × 360 → 2560 × 1440");
        await AssertIsWhatTheCommandMakes(visit, StudioFixture.PlainModel);
    }

    [Fact]
    public async Task Divider_DraggedAndByKeys_Moves()
    {
        await using var visit = await OpenWithAsync("bicubic");
        var slider = visit.Page.GetByRole(AriaRole.Slider, new() { Name = "Divider" });
        var stage = (await visit.Page.Locator(".stage").First.BoundingBoxAsync())!;
        var middle = stage.X + (stage.Width / 2);

        await visit.Page.Mouse.MoveAsync(middle, stage.Y + 80);
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(stage.X + (stage.Width / 4), stage.Y + 90, new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await Expect(slider).ToHaveAttributeAsync("aria-valuenow", "25");

        await slider.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await visit.Page.Keyboard.PressAsync("PageUp");
        await Expect(slider).ToHaveAttributeAsync("aria-valuenow", "47");
        await visit.Page.Keyboard.PressAsync("End");
        await Expect(slider).ToHaveAttributeAsync("aria-valuetext", "100 % original, 0 % bicubic");
    }

    [Fact]
    public async Task ZoomAndLens_OverBothPictures_ShowOneSpot()
    {
        await using var visit = await OpenWithAsync("bicubic");
        var page = visit.Page;
        var stage = (await page.Locator(".stage").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(stage.X + 200, stage.Y + 300);
        await page.Mouse.WheelAsync(0, -240);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(stage.X + 160, stage.Y + 280, new() { Steps = 3 });
        await page.Mouse.UpAsync();

        var places = await page.EvaluateAsync<string[]>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([...document.querySelectorAll('.stage .pane > img')].map(image => image.style.transform)))))");
        Assert.Equal(2, places.Length);
        Assert.Equal(places[0], places[1]);
        Assert.NotEqual("36 %", await page.Locator(".zoom-value").First.InnerTextAsync());

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Lens" }).ClickAsync();
        await page.Mouse.MoveAsync(stage.X + 400, stage.Y + 300);
        // The left square shows the original's pixels, the right one what was made of them: neither empty, nor alike.
        var painted = await page.EvaluateAsync<double[]>(
            """
            () => {
              const [left, right] = [...document.querySelectorAll('.lens canvas')].map(canvas => canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data);
              let differing = 0, opaque = 0;
              for (let i = 0; i < left.length; i += 4) { if (left[i] !== right[i]) differing++; if (left[i + 3] === 255 && right[i + 3] === 255) opaque++; }
              return [differing * 4 / left.length, opaque * 4 / left.length];
            }
            """);
        Assert.Equal(1, painted[1]);
        Assert.InRange(painted[0], .2, 1);
    }

    [Fact]
    public async Task CompareWith_AnotherModel_ShowsItsPicture()
    {
        await using var visit = await OpenWithAsync("nearest");
        var left = visit.Page.Locator(".stage .pane[slot=first] > img").First;
        var before = await left.GetAttributeAsync("src");

        await visit.Page.GetByLabel("Compare with", new() { Exact = true }).First.SelectOptionAsync("bicubic");

        await Expect(visit.Page.Locator(".tag-left").First).ToHaveTextAsync("bicubic");
        await Expect(left).Not.ToHaveAttributeAsync("src", before!);
    }

    [Fact]
    public async Task Queue_OfSeveralPictures_EndsInAZipOfAll()
    {
        await using var visit = await studio.OpenAsync();
        await visit.View.GetByRole(AriaRole.Radio, new() { Name = "2×" }).CheckAsync();
        await visit.View.GetByLabel("Save as").SelectOptionAsync("jpg");
        await visit.ChooseAsync("Choose pictures", Osprey, Repository.Sample("kitten-on-lawn.png"), Repository.Sample("roman-colosseum.png"));
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(3);

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.Page.GetByText("All as ZIP").ClickAsync());

        await using var archive = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.Equal(["kitten-on-lawn", "perched-osprey", "roman-colosseum"], archive.Entries.Select(entry => entry.Name[..entry.Name.IndexOf("-x2", StringComparison.Ordinal)]).Order());
        Assert.All(archive.Entries, entry => Assert.EndsWith(".jpg", entry.Name, StringComparison.Ordinal));
    }

    [Fact]
    public async Task WrongFile_AmongPictures_IsToldAndTheRestGoesOn()
    {
        var text = studio.Temporary("letter.png");
        await using var visit = await studio.OpenAsync();
        await File.WriteAllTextAsync(text, "This is a letter.");
        visit.ExpectedStatuses.Add(422);

        await visit.DropAsync(text, Osprey);

        await Expect(visit.Page.Locator(".blank h2", new() { HasText = "letter.png could not be enlarged" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".blank .lead", new() { HasText = "'letter.png' is not an image that can be read" })).ToBeVisibleAsync();
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Cancel_AJobAtWork_EndsItAndKeepsTheServerAnswering()
    {
        await using var visit = await studio.OpenAsync();
        await visit.ChooseModelAsync(StudioFixture.PlainModel);
        await visit.View.GetByRole(AriaRole.Switch).CheckAsync();
        await visit.DropAsync(Osprey);
        await visit.Page.Locator(".queue-list li[data-state=running]").WaitForAsync();

        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel perched-osprey.png" }).ClickAsync();

        await Expect(visit.Page.Locator(".blank h2", new() { HasText = "was cancelled" })).ToBeVisibleAsync();
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Remove perched-osprey.png" }).ClickAsync();
        await Expect(visit.Page.Locator(".blank.drop")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Reload_AfterAResult_FindsItAgain()
    {
        await using var visit = await OpenWithAsync("lanczos");

        await visit.Page.ReloadAsync();

        await visit.Page.WaitForSelectorAsync(Shown);
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
    }

    private async Task<StudioPage> OpenWithAsync(string model)
    {
        var visit = await studio.OpenAsync();
        await visit.ChooseModelAsync(model);
        await visit.DropAsync(Osprey);
        await visit.Page.WaitForSelectorAsync(Shown);
        return visit;
    }

    private async Task AssertIsWhatTheCommandMakes(StudioPage visit, string model)
    {
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.View.Locator(".toolbar .primary").ClickAsync());
        var expected = studio.Temporary(string.Create(CultureInfo.InvariantCulture, $"{model}.png"));
        await Superres.RunAsync("upscale", Osprey, "-o", expected, "-m", studio.ModelFile(model), "-s", "4");

        var actual = ImageFile.Read(await download.PathAsync()).Pixels;
        var wanted = ImageFile.Read(expected).Pixels;

        Assert.Equal((2560, 1440, wanted.SampleType, wanted.Color), (actual.Width, actual.Height, actual.SampleType, actual.Color));
        Assert.True(actual.Bytes().SequenceEqual(wanted.Bytes()), "The page's result is not the command's.");
    }
}
