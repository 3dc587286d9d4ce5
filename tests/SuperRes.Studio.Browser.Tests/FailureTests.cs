using System.IO.Compression;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>What a person is told when the server refuses, and what the page then does.</summary>
public sealed partial class FailureTests(StudioFixture studio)
{
    private static readonly string Osprey = Repository.Sample("perched-osprey.png");

    [Fact]
    public async Task Job_ThatTheServerRefusesToShow_FailsWithItsReasonAndIsLeftAlone()
    {
        await using var visit = await studio.OpenAsync();
        var asked = await RefuseJobsAsync(visit, 401, "A token is needed.");

        await visit.DropAsync(Osprey);
        await visit.Page.WaitForTimeoutAsync(3000);

        await Expect(visit.View.Locator(".blank .lead", new() { HasText = "A token is needed." })).ToBeVisibleAsync();
        Assert.InRange(asked(), 1, 4);
    }

    [Fact]
    public async Task Job_OfAServerInTrouble_IsAskedForSeldomAndGoesOnLater()
    {
        await using var visit = await studio.OpenAsync();
        var asked = await RefuseJobsAsync(visit, 500, "The disk is full.");

        await visit.DropAsync(Osprey);
        await visit.Page.WaitForTimeoutAsync(6000);
        await Expect(visit.Page.Locator(".toast", new() { HasText = "The disk is full." })).ToHaveCountAsync(1);
        Assert.InRange(asked(), 1, 4);

        await visit.Page.UnrouteAsync(Jobs());
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Job_WhoseEventsBreakOff_IsAskedFor()
    {
        await using var visit = await studio.OpenAsync();
        await visit.Page.RouteAsync("**/jobs/*/events", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = ": gone\n\n" }));

        await visit.DropAsync(Osprey);

        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Reload_WhileTheQueueIsFull_KeepsWhatWaits()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(429);
        await visit.ChooseModelAsync("nearest");
        await visit.Page.RouteAsync("**/api/v1/jobs", route => route.FulfillAsync(new() { Status = 429, ContentType = "application/problem+json", Body = """{"detail":"Too many wait."}""" }));
        await visit.DropAsync(Osprey, Repository.Sample("kitten-on-lawn.png"));
        await Expect(visit.Page.Locator(".queue-list li[data-state=queued]")).ToHaveCountAsync(2);

        await visit.Page.ReloadAsync();
        await Expect(visit.Page.Locator(".queue-list li[data-state=queued]")).ToHaveCountAsync(2);
        await visit.Page.UnrouteAsync("**/api/v1/jobs");

        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(2);
        await Expect(visit.Page.Locator(".queue-list li").First).ToContainTextAsync("perched-osprey.png");
    }

    [Fact]
    public async Task Address_ThatIsNotEncoded_ShowsThePageAllTheSame()
    {
        await using var visit = await studio.OpenAsync("blind/100%");
        await Expect(visit.View.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Download_OfAResultThatIsGone_SaysSo()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(404);
        await visit.ChooseModelAsync("nearest");
        await visit.DropAsync(Osprey);
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        var link = visit.View.Locator(".toolbar .primary");
        await link.EvaluateAsync("link => fetch(link.href.replace('/result', ''), { method: 'DELETE' })");
        var messages = visit.Page.Locator(".toast", new() { HasText = "There is no job" });

        await link.ClickAsync();
        await Expect(messages).ToHaveCountAsync(1);
        await messages.GetByRole(AriaRole.Button).ClickAsync();
        await Expect(messages).ToHaveCountAsync(0);
        await visit.View.GetByRole(AriaRole.Link, new() { Name = "Download perched-osprey.png" }).ClickAsync();
        await Expect(messages).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task Zip_WithAResultThatCannotBeWritten_NamesItAndHoldsTheOthers()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(413);
        await visit.ChooseModelAsync("nearest");
        await visit.DropAsync(Osprey, Repository.Sample("kitten-on-lawn.png"), Repository.Sample("roman-colosseum.png"));
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(3);
        var refused = await visit.View.GetByRole(AriaRole.Link, new() { Name = "Download perched-osprey.png" }).EvaluateAsync<string>("link => link.href");
        Func<IRoute, Task> refuse = route => route.FulfillAsync(new() { Status = 413, ContentType = "application/problem+json", Body = """{"detail":"It is too large."}""" });
        await visit.Page.RouteAsync(refused, refuse);
        var zip = visit.Page.GetByText("All as ZIP");

        var download = await visit.Page.RunAndWaitForDownloadAsync(() => zip.ClickAsync());
        await Expect(visit.Page.Locator(".toast", new() { HasText = "Not in the ZIP: perched-osprey.png: It is too large." })).ToBeVisibleAsync();
        await using var archive = await ZipFile.OpenReadAsync(await download.PathAsync());
        Assert.Equal(["kitten-on-lawn-x4.png", "roman-colosseum-x4.png"], archive.Entries.Select(entry => entry.Name).Order());

        await visit.Page.RouteAsync("**/jobs/*/result", refuse);
        await zip.ClickAsync();
        await Expect(visit.Page.Locator(".toast", new() { HasText = "None of the results could be written." })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task CompareWith_AResultThatIsGone_MakesItAnewWhenChosenAgain()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(404);
        await visit.ChooseModelAsync("nearest");
        await visit.DropAsync(Osprey);
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        string? gone = null;
        await visit.Page.RouteAsync("**/jobs/*/preview", route => (gone ??= route.Request.Url) == route.Request.Url ? route.FulfillAsync(new() { Status = 404, ContentType = "application/problem+json", Body = """{"detail":"The job has expired."}""" }) : route.ContinueAsync());
        var other = visit.View.GetByLabel("Compare with", new() { Exact = true });

        await other.SelectOptionAsync("bicubic");
        await Expect(visit.Page.Locator(".toast", new() { HasText = "The job has expired." })).ToBeVisibleAsync();
        await Expect(other).ToHaveValueAsync("nearest");
        await other.SelectOptionAsync("bicubic");

        await Expect(visit.View.Locator(".tag-left")).ToHaveTextAsync("bicubic");
    }

    [Fact]
    public async Task CompareWith_WhileTheResultIsMade_ShowsAndNamesThePictureItself()
    {
        await using var visit = await studio.OpenAsync();
        await visit.ChooseModelAsync("nearest");
        await visit.DropAsync(Osprey);
        await visit.Page.WaitForSelectorAsync(".stage[data-shown]");
        await visit.View.GetByLabel("Compare with", new() { Exact = true }).SelectOptionAsync("bicubic");
        await Expect(visit.View.Locator(".tag-left")).ToHaveTextAsync("bicubic");
        var made = new TaskCompletionSource();
        await visit.Page.RouteAsync("**/api/v1/jobs", async route =>
        {
            if (route.Request.PostData!.Contains("bicubic", StringComparison.Ordinal))
            {
                await made.Task;
            }

            await route.ContinueAsync();
        });

        await visit.DropAsync(Repository.Sample("kitten-on-lawn.png"));

        await Expect(visit.View.GetByText("Making bicubic …")).ToBeVisibleAsync();
        await Expect(visit.View.Locator(".tag-left")).ToHaveTextAsync("original");
        await Expect(visit.View.Locator(".stage [slot=first] img")).ToHaveAttributeAsync("src", PreviewOfAnUpload());
        made.SetResult();
        await Expect(visit.View.Locator(".tag-left")).ToHaveTextAsync("bicubic");
        await Expect(visit.View.GetByText("Making bicubic …")).ToBeHiddenAsync();
    }

    /// <summary>Refuses to say how jobs stand. Returns what tells how often that was asked.</summary>
    private static async Task<Func<int>> RefuseJobsAsync(StudioPage visit, int status, string detail)
    {
        visit.ExpectedStatuses.Add(status);
        var asked = 0;
        await visit.Page.RouteAsync(Jobs(), route =>
        {
            Interlocked.Increment(ref asked);
            return route.FulfillAsync(new() { Status = status, ContentType = "application/problem+json", Body = $$"""{"detail":"{{detail}}"}""" });
        });
        return () => Volatile.Read(ref asked);
    }

    [GeneratedRegex("/images/[^/]+/preview$")]
    private static partial Regex PreviewOfAnUpload();

    [GeneratedRegex("/api/v1/jobs/[^/]+(/events)?$")]
    private static partial Regex Jobs();
}
