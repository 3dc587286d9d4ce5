using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>What a person holds stays in their hand, or is handed on, while the page changes around it.</summary>
public sealed class FocusTests(StudioFixture studio)
{
    private static readonly string[] Pictures = [.. ((string[])["perched-osprey.png", "kitten-on-lawn.png", "roman-colosseum.png"]).Select(Repository.Sample)];

    [Fact]
    public async Task Scale_ThatBringsAnotherModel_KeepsTheFocus()
    {
        await using var visit = await studio.OpenAsync();
        var model = visit.View.GetByLabel("Model", new() { Exact = true });
        var before = await model.InputValueAsync();
        await visit.View.GetByRole(AriaRole.Radio, new() { Name = "4×" }).FocusAsync();

        await visit.Page.Keyboard.PressAsync("ArrowLeft");
        await visit.Page.Keyboard.PressAsync("ArrowLeft");

        await Expect(model).Not.ToHaveValueAsync(before);
        await Expect(visit.View.GetByRole(AriaRole.Radio, new() { Name = "2×" })).ToBeCheckedAsync();
        await Expect(visit.View.GetByRole(AriaRole.Radio, new() { Name = "2×" })).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Row_Removed_HandsTheFocusOn()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(422);
        await visit.ChooseModelAsync("nearest");
        await visit.DropAsync([await LetterAsync(), .. Pictures]);
        await Expect(visit.View.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(3);
        var remove = visit.View.GetByRole(AriaRole.Button, new() { Name = "Remove " });
        var choose = visit.View.Locator(".rail").GetByRole(AriaRole.Button, new() { Name = "Choose pictures" });

        await visit.View.Locator(".blank .button", new() { HasText = "Remove" }).PressAsync("Enter");
        await Expect(visit.View.Locator(".pick[aria-current]")).ToBeFocusedAsync();

        await remove.First.PressAsync("Enter");
        await Expect(remove).ToHaveCountAsync(2);
        await Expect(remove.First).ToBeFocusedAsync();
        await remove.Last.PressAsync("Enter");
        await Expect(remove).ToHaveCountAsync(1);
        await Expect(remove).ToBeFocusedAsync();
        await remove.PressAsync("Enter");
        await Expect(choose).ToBeFocusedAsync();

        await visit.DropAsync(Pictures[0]);
        await visit.View.GetByRole(AriaRole.Button, new() { Name = "Clear" }).PressAsync("Enter");
        await Expect(choose).ToBeFocusedAsync();
    }

    [Fact]
    public async Task FailedPicture_WhileAnotherIsMade_KeepsItsButtons()
    {
        await using var visit = await studio.OpenAsync();
        visit.ExpectedStatuses.Add(422);
        var held = await HoldJobsAsync(visit);
        await visit.DropAsync(await LetterAsync(), Pictures[0]);
        var remove = visit.View.Locator(".blank .button", new() { HasText = "Remove" });
        await remove.FocusAsync();

        held.SetResult();

        await Expect(visit.View.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
        await Expect(remove).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Chip_PressedWhileAPictureIsMade_IsChosen()
    {
        await using var visit = await studio.OpenAsync("contest");
        await visit.ChooseAsync("Choose a picture", Pictures[1]);
        await Expect(visit.View.Locator(".chip")).ToHaveCountAsync(1);
        await visit.FollowAsync("upscale");
        var held = await HoldJobsAsync(visit);
        await visit.DropAsync(Pictures[0]);
        await Expect(visit.View.Locator(".queue-list li[data-state=queued]")).ToHaveCountAsync(1);
        await visit.FollowAsync("contest");
        var chip = visit.View.Locator(".chip").Last;
        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "false");

        await chip.HoverAsync();
        await visit.Page.Mouse.DownAsync();
        held.SetResult();
        await Expect(visit.Page.Locator(".queue-list li[data-state=done]")).ToHaveCountAsync(1);
        await visit.Page.Mouse.UpAsync();

        await Expect(chip).ToHaveAttributeAsync("aria-pressed", "true");
    }

    /// <summary>A file that the server refuses.</summary>
    private async Task<string> LetterAsync()
    {
        var letter = studio.Temporary("letter.png");
        await File.WriteAllTextAsync(letter, "This is a letter.");
        return letter;
    }

    /// <summary>No job starts until the answer is set.</summary>
    private static async Task<TaskCompletionSource> HoldJobsAsync(StudioPage visit)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await visit.Page.RouteAsync("**/api/v1/jobs", async route =>
        {
            await held.Task;
            await route.ContinueAsync();
        });
        return held;
    }
}
