using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>axe-core finds nothing serious, in light and dark, in any view.</summary>
public sealed class AccessibilityTests(StudioFixture studio)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Views_WithAPicture_HaveNoSeriousViolation(ColorScheme colors)
    {
        await using var visit = await studio.OpenAsync(colors: colors);
        await visit.DropAsync(Repository.Sample("perched-osprey.png"));
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        foreach (var view in (string[])["upscale", "contest", "attention", "blind", "results"])
        {
            await visit.FollowAsync(view);
            await Expect(visit.View.Locator("h1")).ToBeVisibleAsync();
            await AssertAccessibleAsync(visit.Page);
        }
    }

    /// <summary>Where the system paints all backgrounds alike, a choice must still differ from what is not chosen.</summary>
    [Fact]
    public async Task ForcedColors_ScaleAndSwitch_StillTellTheirState()
    {
        await using var visit = await studio.OpenAsync();
        await visit.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active });
        await visit.ChooseModelAsync(StudioFixture.PlainModel);
        const string Background = "element => getComputedStyle(element).backgroundColor";
        const string Knob = "element => getComputedStyle(element, '::after').backgroundColor";

        var chosen = await visit.View.Locator(".segments input:checked + span").First.EvaluateAsync<string>(Background);
        var other = await visit.View.Locator(".segments input:not(:checked):not(:disabled) + span").First.EvaluateAsync<string>(Background);
        Assert.NotEqual(other, chosen);

        var toggle = visit.View.GetByRole(AriaRole.Switch);
        var off = await toggle.EvaluateAsync<string>(Background);
        Assert.NotEqual(off, await toggle.EvaluateAsync<string>(Knob));
        await toggle.CheckAsync();
        var on = await toggle.EvaluateAsync<string>(Background);
        Assert.NotEqual(off, on);
        Assert.NotEqual(on, await toggle.EvaluateAsync<string>(Knob));
    }

    internal static async Task AssertAccessibleAsync(IPage page)
    {
        var found = await page.RunAxe(new AxeRunOptions { RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] } });
        Assert.Empty(found.Violations.Where(violation => violation.Impact is "serious" or "critical").Select(Describe));
    }

    private static string Describe(AxeResultItem violation) =>
        $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Select(node => $"{node.Target} {node.Html}"))}";
}
