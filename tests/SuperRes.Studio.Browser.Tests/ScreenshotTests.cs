using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>
/// The pictures of docs/studio.md. They are made where <c>SUPERRES_SCREENSHOTS</c> names a folder, with the networks of
/// <c>SUPERRES_MODELS</c> where it has those that the other tests make with random weights:
/// <c>SUPERRES_SCREENSHOTS=docs/images/studio dotnet test -c Release --project tests/SuperRes.Studio.Browser.Tests -- --filter-class '*ScreenshotTests'</c>.
/// </summary>
public sealed class ScreenshotTests(StudioFixture studio)
{
    private static readonly string? Folder = Environment.GetEnvironmentVariable("SUPERRES_SCREENSHOTS") is { Length: > 0 } folder ? Path.Combine(Repository.Root, folder) : null;

    private static readonly string Osprey = Repository.Sample("perched-osprey.png");
    private static readonly string Board = Repository.Sample("motherboard-circuits.png");

    [Theory]
    [InlineData("upscale", ColorScheme.Light, 1280, 800)]
    [InlineData("upscale-lens-dark", ColorScheme.Dark, 1280, 800)]
    [InlineData("upscale-phone", ColorScheme.Light, 390, 844)]
    public async Task Upscale(string name, ColorScheme colors, int width, int height)
    {
        await using var visit = await OpenAsync("", colors, width, height);
        await visit.ChooseModelAsync(StudioFixture.PlainModel);
        await visit.ChooseAsync("Choose pictures", Board, Osprey);
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(2);
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        var stage = (await visit.Page.Locator(".stage").First.BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(stage.X + (stage.Width * .58f), stage.Y + (stage.Height * .5f));
        await visit.Page.Mouse.WheelAsync(0, -360);
        await visit.Page.Mouse.WheelAsync(0, -120);
        if (name.Contains("lens", StringComparison.Ordinal))
        {
            await visit.Page.GetByLabel("Compare with", new() { Exact = true }).First.SelectOptionAsync("bicubic");
            await Expect(visit.Page.Locator(".tag-left").First).ToHaveTextAsync("bicubic");
            await visit.View.GetByRole(AriaRole.Button, new() { Name = "Lens" }).ClickAsync();
            await visit.Page.Mouse.MoveAsync(stage.X + (stage.Width * .5f), stage.Y + (stage.Height * .6f));
        }

        await SaveAsync(visit, name);
    }

    [Fact]
    public async Task Contest()
    {
        await using var visit = await OpenAsync("contest", ColorScheme.Light, 1280, 860);
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));
        await Expect(visit.View.Locator(".region")).ToContainTextAsync("30 × 30");
        await visit.ChooseAsync("Choose the reference", Osprey);
        await Expect(visit.View.GetByText("perched-osprey.png, 640 × 360")).ToBeVisibleAsync();
        await DragAsync(visit, ".region-frame", .32f, .15f, .52f, .5f);
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Run the contest" }).ClickAsync();
        await Expect(visit.View.Locator(".cell[data-state=done]")).ToHaveCountAsync(6);
        await visit.View.GetByLabel("Order").SelectOptionAsync("psnr");
        await SaveAsync(visit, "contest");
    }

    [Fact]
    public async Task Attention()
    {
        await using var visit = await OpenAsync("attention", ColorScheme.Dark, 1280, 800);
        await visit.ChooseAsync("Choose a picture", Osprey);
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Show the attention" }).ClickAsync();
        await Expect(visit.View.Locator("rect.bar")).ToHaveCountAsync(64);
        await SaveAsync(visit, "attention-dark");
    }

    [Fact]
    public async Task BlindTest()
    {
        await using var visit = await OpenAsync("blind", ColorScheme.Light, 1280, 800);
        await visit.View.GetByLabel("Name").FillAsync("Feathers and circuits");
        await visit.ChooseAsync("Add pictures", Board, Osprey, Repository.Sample("kitten-on-lawn.png"), Repository.Sample("roman-colosseum.png"));
        await Expect(visit.View.Locator(".chip[aria-pressed=true]")).ToHaveCountAsync(4);
        foreach (var model in (string[])[StudioFixture.PlainModel, "bicubic", "nearest"])
        {
            await visit.View.GetByRole(AriaRole.Checkbox, new() { Name = model }).CheckAsync();
        }

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Make the study" }).ClickAsync();
        await visit.View.GetByLabel("Your name").FillAsync("Ada", new() { Timeout = 240_000 });
        await visit.Page.Keyboard.PressAsync("Enter");
        var vote = visit.Page.Locator(".vote[data-pair]");
        await vote.WaitForAsync();
        await DragAsync(visit, ".vote-row", .2f, .5f, .2f, .5f);
        await visit.Page.Mouse.WheelAsync(0, -480);
        await SaveAsync(visit, "blind-test");
    }

    [Fact]
    public async Task Results()
    {
        await using var visit = await OpenAsync("results", ColorScheme.Dark, 1280, 860);
        await visit.View.GetByRole(AriaRole.Link, new() { Name = "heldout" }).ClickAsync();
        await Expect(visit.View.Locator(".figure img").First).ToBeVisibleAsync();
        await SaveAsync(visit, "results-dark");
    }

    private async Task<StudioPage> OpenAsync(string view, ColorScheme colors, int width, int height)
    {
        Assert.SkipWhen(Folder is null, "Set SUPERRES_SCREENSHOTS to a folder to make the documentation's pictures.");
        return await studio.OpenAsync(view, colors, width, height);
    }

    private static async Task DragAsync(StudioPage visit, string selector, float fromX, float fromY, float toX, float toY)
    {
        var box = (await visit.View.Locator(selector).BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width * fromX), box.Y + (box.Height * fromY));
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(box.X + (box.Width * toX), box.Y + (box.Height * toY), new() { Steps = 3 });
        await visit.Page.Mouse.UpAsync();
    }

    private static async Task SaveAsync(StudioPage visit, string name)
    {
        await visit.Page.EvaluateAsync("() => Promise.all([...document.images].filter(image => image.src && image.offsetParent).map(image => image.decode().catch(() => {})))");
        await visit.Page.WaitForTimeoutAsync(400);
        var path = Path.Combine(Folder!, $"{name}.jpg");
        await visit.Page.ScreenshotAsync(new() { Path = path, Type = ScreenshotType.Jpeg, Quality = 84 });
        Assert.InRange(new FileInfo(path).Length, 10_000, 300_000);
    }
}
