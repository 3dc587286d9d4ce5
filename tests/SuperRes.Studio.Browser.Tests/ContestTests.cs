using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class ContestTests(StudioFixture studio)
{
    private const int Models = 13;

    [Fact]
    public async Task Region_WithAReference_RanksAllModelsAndGivesTheWholePicture()
    {
        await using var visit = await studio.OpenAsync("contest");
        var page = visit.Page;
        var small = studio.Reduced("perched-osprey");
        await visit.ChooseAsync("Choose a picture", small);
        await Expect(visit.View.Locator(".region")).ToContainTextAsync("30 × 30 at 65, 30");
        await visit.ChooseAsync("Choose the reference", Repository.Sample("perched-osprey.png"));
        await Expect(visit.View.GetByText("perched-osprey.png, 640 × 360")).ToBeVisibleAsync();

        await DrawRegionAsync(visit);
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Run the contest" }).ClickAsync();

        // Five classical methods, and of the networks those that reach x4: one of the test's own, the shipped ones for x4, and EDSR for x8, whose result is reduced.
        await Expect(visit.View.Locator(".cell[data-state=done]")).ToHaveCountAsync(Models);
        Assert.True(await PsnrAsync(visit, "bicubic") > await PsnrAsync(visit, "nearest"));
        await Expect(visit.View.Locator(".cell[data-model=bicubic] .cell-name span")).ToContainTextAsync("s");
        await AssertMoveTogether(visit);

        var picture = visit.View.Locator(".cell[data-model=bicubic] img");
        var before = await picture.GetAttributeAsync("src");
        await visit.View.GetByRole(AriaRole.Radio, new() { Name = "Error map" }).CheckAsync();
        await Expect(picture).Not.ToHaveAttributeAsync("src", before!);
        await Expect(picture).ToHaveJSPropertyAsync("complete", true);
        Assert.True(await picture.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)") > 0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Use lanczos for the whole picture" }).ClickAsync();
        await page.WaitForSelectorAsync(".stage[data-shown]");
        await Expect(visit.View.Locator(".facts")).ToContainTextAsync("160 × 90 → 640 × 360 · lanczos");
    }

    [Fact]
    public async Task Contest_ThroughAFaultOfTheNetwork_GoesOn()
    {
        await using var visit = await studio.OpenAsync("contest");
        visit.ExpectedStatuses.Add(503);
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));
        var faults = 0;
        await visit.Page.RouteAsync("**/contests/*", route => faults++ == 0 ? route.FulfillAsync(new() { Status = 503 }) : route.ContinueAsync());

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Run the contest" }).ClickAsync();

        await Expect(visit.View.Locator(".cell[data-state=done]")).ToHaveCountAsync(Models);
    }

    [Fact]
    public async Task Contest_ThatIsGoneAfterAFault_SaysSo()
    {
        await using var visit = await studio.OpenAsync("contest");
        visit.ExpectedStatuses.Add(503);
        visit.ExpectedStatuses.Add(404);
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));
        var faults = 0;
        await visit.Page.RouteAsync("**/contests/*", route => faults++ == 0
            ? route.FulfillAsync(new() { Status = 503 })
            : route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = """{"detail":"There is no such contest."}""" }));

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Run the contest" }).ClickAsync();

        await Expect(visit.Page.Locator(".toast", new() { HasText = "There is no such contest." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Region_DrawnBeyondTheEdge_EndsThere()
    {
        await using var visit = await studio.OpenAsync("contest");
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));
        await Expect(visit.View.Locator(".region")).ToContainTextAsync("30 × 30 at 65, 30");
        var frame = (await visit.View.Locator(".region-frame").BoundingBoxAsync())!;

        await visit.Page.Mouse.MoveAsync(frame.X + (frame.Width * .25f), frame.Y + (frame.Height * .1f));
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(frame.X - 40, frame.Y + (frame.Height * .6f), new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();

        await Expect(visit.View.Locator(".region")).ToContainTextAsync("40 × 45 at 0, 9");
    }

    [Fact]
    public async Task Picture_ChosenDuringAContest_BreaksItOff()
    {
        await using var visit = await studio.OpenAsync("contest");
        await visit.ChooseAsync("Choose a picture", studio.Reduced("perched-osprey"));

        // However quick the jobs are, the page doesn't hear of their end.
        visit.ExpectedStatuses.Add(503);
        await visit.Page.RouteAsync("**/contests/*", route => route.FulfillAsync(new() { Status = 503 }));
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Run the contest" }).ClickAsync();
        await Expect(visit.View.Locator(".cell")).ToHaveCountAsync(Models);

        await visit.Page.RunAndWaitForRequestAsync(
            () => visit.ChooseAsync("Choose a picture", studio.Reduced("kitten-on-lawn")),
            request => request.Method is "DELETE" && request.Url.Contains("/jobs/", StringComparison.Ordinal));

        await Expect(visit.View.Locator(".region-table")).ToBeVisibleAsync();
    }

    private static async Task DrawRegionAsync(StudioPage visit)
    {
        var frame = (await visit.View.Locator(".region-frame").BoundingBoxAsync())!;
        await visit.Page.Mouse.MoveAsync(frame.X + (frame.Width * .25f), frame.Y + (frame.Height * .1f));
        await visit.Page.Mouse.DownAsync();
        await visit.Page.Mouse.MoveAsync(frame.X + (frame.Width * .5f), frame.Y + (frame.Height * .6f), new() { Steps = 4 });
        await visit.Page.Mouse.UpAsync();
        await Expect(visit.View.Locator(".region")).ToContainTextAsync("40 × 45 at 40, 9");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(visit.View.Locator(".region")).ToContainTextAsync("40 × 45 at 48, 9");
    }

    private static async Task AssertMoveTogether(StudioPage visit)
    {
        await visit.View.Locator(".contest-grid").FocusAsync();
        await visit.Page.Keyboard.PressAsync("+");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        var places = await visit.Page.EvaluateAsync<string[]>("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done([...document.querySelectorAll('.cell img')].map(image => image.style.transform)))))");
        Assert.Equal(Models, places.Length);
        Assert.Single(places.Distinct());
    }

    private static async Task<double> PsnrAsync(StudioPage visit, string model)
    {
        var text = await visit.View.Locator($".cell[data-model={model}] .scores").InnerTextAsync();
        return double.Parse(text[..text.IndexOf(" dB", StringComparison.Ordinal)], CultureInfo.InvariantCulture);
    }
}
