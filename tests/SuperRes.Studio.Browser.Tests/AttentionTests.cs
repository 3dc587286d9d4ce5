using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class AttentionTests(StudioFixture studio)
{
    [Fact]
    public async Task Show_ANetworkWithCbam_GivesEveryBlocksChannelsAndMap()
    {
        await using var visit = await studio.OpenAsync("attention");
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));
        await visit.View.GetByLabel("Model").SelectOptionAsync(StudioFixture.AttentionModel);

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Show the attention" }).ClickAsync();

        // ESPCN has attention after its two hidden convolutions, of 64 and 32 channels.
        var range = visit.View.Locator(".attention-side");
        await Expect(range).ToContainTextAsync("Block 1 of 2 of espcn-cbam-x2");
        await Expect(visit.View.Locator("rect.bar")).ToHaveCountAsync(64);
        var first = await MapAsync(visit);

        await visit.View.GetByLabel("Depth").FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowRight");

        await Expect(range).ToContainTextAsync("Block 2 of 2");
        await Expect(visit.View.Locator("rect.bar")).ToHaveCountAsync(32);
        Assert.NotEqual(first, await MapAsync(visit));
        await AccessibilityTests.AssertAccessibleAsync(visit.Page);
    }

    private static async Task<string> MapAsync(StudioPage visit)
    {
        var map = visit.View.Locator("img.heat");
        Assert.True(await map.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)") > 0);
        return (await map.GetAttributeAsync("src"))!;
    }
}
