using Microsoft.Playwright;
using SuperRes.Imaging;
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

    [Theory]
    [InlineData(360, 120)]
    [InlineData(360, 360)]
    [InlineData(120, 360)]
    public async Task Region_InTheRail_HasThePicturesShape(int width, int height)
    {
        await using var visit = await studio.OpenAsync("attention");
        var picture = studio.Temporary($"shape-{width}x{height}.png");
        ImageFile.Write(picture, ImageFile.Read(Repository.Sample("perched-osprey.png")).Pixels.Crop(160, 0, width, height));

        await visit.ChooseAsync("Choose a picture", picture);

        await Expect(visit.View.Locator(".region")).ToContainTextAsync($"{width} × {height} at 0, 0");
        var frame = (await visit.View.Locator(".region-frame").BoundingBoxAsync())!;
        Assert.Equal((double)width / height, frame.Width / frame.Height, .02);
        Assert.InRange(frame.Height, 90, 301);
    }

    private static async Task<string> MapAsync(StudioPage visit)
    {
        var map = visit.View.Locator("img.heat");
        Assert.True(await map.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)") > 0);
        return (await map.GetAttributeAsync("src"))!;
    }
}
