using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class BlindTestTests(StudioFixture studio)
{
    private static readonly string[] Keys = ["ArrowLeft", "ArrowRight", " ", "ArrowRight", "ArrowLeft", " ", "ArrowLeft", "ArrowLeft", "ArrowRight", " "];

    [Fact]
    public async Task TenVotes_ByKeys_AddUpInTheTableAndGoOnByName()
    {
        await using var visit = await studio.OpenAsync("blind");
        await MakeStudyAsync(visit, "ten votes");
        await EnterAsync(visit, "Ada");

        foreach (var key in Keys)
        {
            await VoteAsync(visit, key);
        }

        // The last vote once more, as another: it takes the place of the first.
        await visit.Page.Keyboard.PressAsync("Backspace");
        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("The pair before is shown again.");
        await VoteAsync(visit, "ArrowLeft");
        await Expect(visit.View.GetByText("10 of 12")).ToBeVisibleAsync();

        await visit.GoToAsync("blind/ten%20votes/results");
        await AssertAddsUp(visit, decisive: 8, same: 2);
        var download = await visit.Page.RunAndWaitForDownloadAsync(() => visit.View.GetByText("CSV").ClickAsync());
        Assert.Equal(11, (await File.ReadAllLinesAsync(await download.PathAsync())).Length);
        await AccessibilityTests.AssertAccessibleAsync(visit.Page);

        await visit.View.GetByText("Vote", new() { Exact = true }).ClickAsync();
        await EnterAsync(visit, "Ada");
        await Expect(visit.View.GetByText("10 of 12")).ToBeVisibleAsync();
        await VoteAsync(visit, "ArrowLeft");
        await visit.Page.Keyboard.PressAsync("ArrowRight");
        await Expect(visit.View.GetByText("Thank you, Ada")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Pictures_OfWhichOneCantBeRead_AreSentButForThatOne()
    {
        var text = studio.Temporary("note.png");
        await using var visit = await studio.OpenAsync("blind");
        await File.WriteAllTextAsync(text, "This is a note.");
        visit.ExpectedStatuses.Add(422);

        await visit.DropAsync(Repository.Sample("perched-osprey.png"), text, Repository.Sample("kitten-on-lawn.png"));

        await Expect(visit.Page.Locator(".toast", new() { HasText = "note.png" })).ToBeVisibleAsync();
        await Expect(visit.View.Locator(".chip[aria-pressed=true]")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task Paste_OfTextIntoAField_IsNoPicture()
    {
        await using var visit = await studio.OpenAsync("blind");
        var name = visit.View.GetByLabel("Name", new() { Exact = true });
        const string Paste = """
            (target, isText) => {
              const data = new DataTransfer();
              data.items.add(new File([new Uint8Array(8)], 'cells.png', { type: 'image/png' }));
              if (isText) data.setData('text/plain', 'cells');
              const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: data });
              target.dispatchEvent(event);
              return event.defaultPrevented;
            }
            """;

        Assert.False(await name.EvaluateAsync<bool>(Paste, true));

        // A picture alone is one, wherever it is pasted.
        visit.ExpectedStatuses.Add(422);
        Assert.True(await name.EvaluateAsync<bool>(Paste, false));
        await Expect(visit.Page.Locator(".toast", new() { HasText = "cells.png" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Focus_AtEveryStep_IsOnTheHeading()
    {
        await using var visit = await studio.OpenAsync();
        await visit.FollowAsync("blind");
        var heading = visit.View.GetByRole(AriaRole.Heading, new() { Level = 1 });
        await Expect(heading).ToBeFocusedAsync();
        await MakeStudyAsync(visit, "focus", pictures: 1);
        await Expect(visit.View.GetByLabel("Your name")).ToBeFocusedAsync();
        await EnterAsync(visit, "Ada");
        await Expect(heading).ToBeFocusedAsync();
        await VoteAsync(visit, "ArrowLeft");
        await VoteAsync(visit, "ArrowLeft");
        await Expect(visit.View.Locator("[data-choice=left]")).ToHaveAttributeAsync("aria-disabled", "false");
        await visit.View.Locator("[data-choice=left]").ClickAsync();
        await Expect(visit.View.GetByText("Thank you, Ada")).ToBeVisibleAsync();
        await Expect(heading).ToBeFocusedAsync();
        await visit.View.GetByText("See the results").ClickAsync();
        await Expect(visit.View.Locator("#methods")).ToBeVisibleAsync();
        await Expect(heading).ToBeFocusedAsync();
        await visit.View.GetByText("All studies").ClickAsync();
        await Expect(visit.View.GetByText("New study")).ToBeVisibleAsync();
        await Expect(heading).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Space_AfterAVoteByMouse_MeansTheSame()
    {
        await using var visit = await studio.OpenAsync("blind");
        await MakeStudyAsync(visit, "mouse and keys", pictures: 1);
        await EnterAsync(visit, "Ada");
        await visit.View.Locator("[data-choice=left]").ClickAsync();
        await Expect(visit.View.GetByText("1 of 3")).ToBeVisibleAsync();

        await VoteAsync(visit, " ");

        await Expect(visit.Page.Locator("#live")).ToHaveTextAsync("Voted: the same.");
    }

    [Fact]
    public async Task Form_WhilePicturesAreDroppedOnIt_KeepsWhatWasTyped()
    {
        await using var visit = await studio.OpenAsync("blind");
        await visit.View.GetByLabel("Name").FillAsync("half a form");

        await visit.DropAsync(studio.Reduced("kitten-on-lawn"));

        await Expect(visit.View.Locator(".chip[aria-pressed=true]")).ToHaveCountAsync(1);
        await visit.FollowAsync("results");
        await visit.FollowAsync("blind");
        await Expect(visit.View.GetByLabel("Name")).ToHaveValueAsync("half a form");
    }

    [Fact]
    public async Task Pair_ThatCannotBeRead_IsToldAndMayBeSkipped()
    {
        await using var visit = await studio.OpenAsync("blind");
        visit.ExpectedStatuses.Add(422);
        var trouble = visit.View.GetByText("The picture is no picture.");
        string? broken = null;
        await visit.Page.RouteAsync("**/pairs/*/left*", route =>
        {
            var path = new Uri(route.Request.Url).AbsolutePath;
            return (broken ??= path) == path
                ? route.FulfillAsync(new() { Status = 422, ContentType = "application/problem+json", Body = """{"detail":"The picture is no picture."}""" })
                : route.ContinueAsync();
        });
        await MakeStudyAsync(visit, "one is broken", pictures: 1);
        await NameAsync(visit, "Ada");
        await Expect(trouble).ToBeVisibleAsync();
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(trouble).ToBeVisibleAsync();
        await Expect(visit.View.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();

        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Skip" }).ClickAsync();
        await visit.Page.WaitForSelectorAsync(".vote[data-pair]");
        await VoteAsync(visit, "ArrowLeft");
        await VoteAsync(visit, "ArrowRight");
        await Expect(visit.View.GetByText("You have voted on 2 of 3 pairs.")).ToBeVisibleAsync();

        broken = "";
        await visit.FollowAsync("blind");
        await visit.View.Locator(".study", new() { HasText = "one is broken" }).GetByText("Vote", new() { Exact = true }).ClickAsync();
        await EnterAsync(visit, "Ada");
        await Expect(visit.View.GetByText("2 of 3")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task NextPair_ThatDoesNotCome_IsToldAndMayBeAskedForAgain()
    {
        await using var visit = await studio.OpenAsync("blind");
        visit.ExpectedStatuses.Add(500);
        await MakeStudyAsync(visit, "one does not come", pictures: 1);
        await EnterAsync(visit, "Ada");
        await visit.Page.RouteAsync("**/next?*", route => route.FulfillAsync(new() { Status = 500, ContentType = "application/problem+json", Body = """{"detail":"The disk is full."}""" }));

        await VoteAsync(visit, "ArrowLeft");
        await Expect(visit.View.GetByText("The disk is full.")).ToBeVisibleAsync();
        await Expect(visit.View.GetByRole(AriaRole.Heading, new() { Level = 2 })).ToBeFocusedAsync();
        await visit.Page.UnrouteAsync("**/next?*");
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();

        await Expect(visit.View.GetByText("1 of 3")).ToBeVisibleAsync();
        await VoteAsync(visit, "ArrowLeft");
        await Expect(visit.View.GetByText("2 of 3")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Name_ThatTheServerRefuses_IsNotKeptAndMayBeMended()
    {
        const string Kept = "() => localStorage.getItem('voter')";
        await using var visit = await studio.OpenAsync("blind");
        visit.ExpectedStatuses.Add(400);
        await MakeStudyAsync(visit, "one slip", pictures: 1);

        await NameAsync(visit, "Ada/Bob");
        await Expect(visit.Page.Locator(".toast", new() { HasText = "is no name for a voter" })).ToBeVisibleAsync();
        Assert.Null(await visit.Page.EvaluateAsync<string?>(Kept));
        await EnterAsync(visit, "Ada");

        Assert.Equal("Ada", await visit.Page.EvaluateAsync<string?>(Kept));
    }

    private async Task MakeStudyAsync(StudioPage visit, string name, int pictures = 4)
    {
        string[] chosen = [.. ((string[])["perched-osprey", "kitten-on-lawn", "roman-colosseum", "motherboard-circuits"]).Take(pictures).Select(studio.Reduced)];
        var view = visit.View;
        await view.GetByLabel("Name").FillAsync(name);
        await visit.ChooseAsync("Add pictures", chosen);
        await Expect(view.Locator(".chip[aria-pressed=true]")).ToHaveCountAsync(pictures);
        foreach (var model in (string[])["nearest", "bicubic", "lanczos"])
        {
            await view.GetByRole(AriaRole.Checkbox, new() { Name = model }).CheckAsync();
        }

        await view.GetByRole(AriaRole.Button, new() { Name = "Make the study" }).ClickAsync();
    }

    private static async Task EnterAsync(StudioPage visit, string voter)
    {
        await NameAsync(visit, voter);
        await visit.Page.WaitForSelectorAsync(".vote[data-pair]");
    }

    private static async Task NameAsync(StudioPage visit, string voter)
    {
        await visit.View.GetByLabel("Your name").FillAsync(voter);
        await visit.Page.Keyboard.PressAsync("Enter");
    }

    /// <summary>Presses a key and waits for the pair that comes next.</summary>
    private static async Task VoteAsync(StudioPage visit, string key)
    {
        var vote = visit.Page.Locator(".vote");
        await Expect(visit.View.Locator("[data-choice=left]")).ToHaveAttributeAsync("aria-disabled", "false");
        var pair = await vote.GetAttributeAsync("data-pair");
        await visit.Page.Keyboard.PressAsync(key);
        await Expect(vote).Not.ToHaveAttributeAsync("data-pair", pair!);
    }

    private static async Task AssertAddsUp(StudioPage visit, int decisive, int same)
    {
        await Expect(visit.View.GetByText("10 votes.")).ToBeVisibleAsync();
        var methods = await NumbersAsync(visit, "#methods", wins: 5);
        var pairs = await NumbersAsync(visit, "#pairs", wins: 5);

        Assert.Equal((3, 3), (methods.Length, pairs.Length));
        Assert.Equal(decisive, methods.Sum(row => row[0]));
        Assert.Equal(decisive, methods.Sum(row => row[1]));
        Assert.Equal(2 * same, methods.Sum(row => row[2]));
        Assert.Equal(decisive, pairs.Sum(row => row[0] + row[1]));
        Assert.Equal(same, pairs.Sum(row => row[2]));
    }

    /// <summary>Three whole numbers of each row, from a column on, counted from 1.</summary>
    private static async Task<int[][]> NumbersAsync(StudioPage visit, string table, int wins)
    {
        var cells = await visit.Page.Locator($"{table} tbody tr").EvaluateAllAsync<string[]>("rows => rows.map(row => [...row.children].map(cell => cell.textContent).join('|'))");
        return [.. cells.Select(row => row.Split('|')[(wins - 1)..(wins + 2)].Select(text => int.Parse(text, CultureInfo.InvariantCulture)).ToArray())];
    }
}
