using System.Globalization;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class ResultsTests(StudioFixture studio)
{
    [Fact]
    public async Task Report_OfTheSamples_ShowsItsNumbersAndPictures()
    {
        await using var visit = await studio.OpenAsync("results");
        await visit.View.GetByRole(AriaRole.Link, new() { Name = "heldout" }).ClickAsync();

        // What README's table has for bicubic on samples/heldout.
        var row = visit.View.Locator("tbody tr", new() { HasText = "bicubic" }).First;
        await Expect(row).ToContainTextAsync("27.88");
        await Expect(row).ToContainTextAsync("0.7990");
        var figure = visit.View.Locator(".figure img").First;
        await figure.ScrollIntoViewIfNeededAsync();
        Assert.True(await figure.EvaluateAsync<int>("image => image.decode().then(() => image.naturalWidth)") > 0);
        await AccessibilityTests.AssertAccessibleAsync(visit.Page);
    }

    [Fact]
    public async Task Run_ThatIsGoing_MovesItsCurves()
    {
        Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);
        var folder = Directory.CreateDirectory(Path.Combine(studio.Runs, "live")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "recipe.json"), """{ "name": "live", "steps": 1000 }""");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics.jsonl"), Step(100) + Step(200));
        await File.WriteAllTextAsync(Path.Combine(folder, "validation.jsonl"), """{"step":200,"psnr":27.5,"ssim":0.8,"rawPsnr":27.4,"rawSsim":0.79}""" + "\n");
        using (new FileStream(Path.Combine(folder, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await using var visit = await studio.OpenAsync("results");
            await visit.View.GetByRole(AriaRole.Link, new() { Name = "live" }).ClickAsync();
            var loss = visit.View.GetByRole(AriaRole.Img, new() { Name = "Loss. loss: " });
            await Expect(visit.View.Locator(".badge")).ToHaveTextAsync("running");
            await Expect(loss).ToHaveAttributeAsync("aria-label", "Loss. loss: 2 values, last 0.005000 ");

            await File.AppendAllTextAsync(Path.Combine(folder, "metrics.jsonl"), Step(300) + Step(400));

            await Expect(loss).ToHaveAttributeAsync("aria-label", "Loss. loss: 4 values, last 0.002500 ");
            await Expect(visit.View.Locator(".lead")).ToContainTextAsync("Step 400 of 1,000 · best 27.50 dB / 0.8000 at step 200");
        }
    }

    [Fact]
    public async Task Run_WhoseEventsBreakOff_IsAskedForAgain()
    {
        Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);
        var folder = Directory.CreateDirectory(Path.Combine(studio.Runs, "broken-off")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "recipe.json"), """{ "name": "broken-off", "steps": 1000 }""");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics.jsonl"), Step(100));
        using (new FileStream(Path.Combine(folder, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await using var visit = await studio.OpenAsync("results");
            visit.ExpectedStatuses.Add(503);
            await visit.Page.RouteAsync("**/results/runs/*/events", route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = ": gone\n\n" }));
            await visit.View.GetByRole(AriaRole.Link, new() { Name = "broken-off" }).ClickAsync();
            await Expect(visit.View.Locator(".lead")).ToContainTextAsync("Step 100 of 1,000");

            await File.AppendAllTextAsync(Path.Combine(folder, "metrics.jsonl"), Step(200));
            await Expect(visit.View.Locator(".lead")).ToContainTextAsync("Step 200 of 1,000");

            // A server that is not there at all is said once, and found again.
            await visit.Page.RouteAsync("**/api/v1/results/runs/*", route => route.FulfillAsync(new() { Status = 503, ContentType = "application/problem+json", Body = """{"detail":"It starts again."}""" }));
            await Expect(visit.View.Locator(".badge")).ToHaveTextAsync("no answer");
            await Expect(visit.Page.Locator(".toast", new() { HasText = "The live curves broke off: It starts again." })).ToHaveCountAsync(1);
            await visit.Page.UnrouteAsync("**/api/v1/results/runs/*");
            await Expect(visit.View.Locator(".badge")).ToHaveTextAsync("running");
        }
    }

    [Fact]
    public async Task Run_LeftBeforeItHasLoaded_IsNotListenedTo()
    {
        Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);
        var folder = Directory.CreateDirectory(Path.Combine(studio.Runs, "left")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "recipe.json"), """{ "name": "left", "steps": 1000 }""");
        await File.WriteAllTextAsync(Path.Combine(folder, "metrics.jsonl"), Step(100));
        using (new FileStream(Path.Combine(folder, ".lock"), FileMode.Create, FileAccess.ReadWrite, FileShare.None))
        {
            await using var visit = await studio.OpenAsync("results");
            var listened = false;
            visit.Page.Request += (_, request) => listened |= request.Url.EndsWith("/events", StringComparison.Ordinal);
            await visit.Page.RouteAsync("**/api/v1/results/runs/*", async route =>
            {
                await Task.Delay(1500);
                await route.ContinueAsync();
            });
            var answer = visit.Page.WaitForResponseAsync(response => response.Url.Contains("/results/runs/", StringComparison.Ordinal));
            await visit.View.GetByRole(AriaRole.Link, new() { Name = "left" }).ClickAsync();
            await Expect(visit.View.Locator(".badge")).ToHaveCountAsync(1);
            await visit.FollowAsync("upscale");
            await (await answer).FinishedAsync();
            await visit.Page.WaitForTimeoutAsync(500);

            Assert.False(listened);
        }
    }

    [Fact]
    public async Task Experiment_ThatIsDone_GivesItsAnswersFirst()
    {
        Assert.SkipWhen(Chromium.Find() is null, Chromium.Missing);
        var folder = Directory.CreateDirectory(Path.Combine(studio.Runs, "experiment")).FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "report.json"),
            """
            {
              "schema": "superres-study/1", "name": "experiment", "title": "Does it help?", "budget": "60 steps for every run", "data": "CC0",
              "level": 0.95, "dataset": "Set", "protocol": "y", "protocols": [], "baselines": [], "cells": [], "version": "1",
              "questions": [{
                "network": "ESPCN x4", "variant": "CBAM", "against": "none", "sentence": "CBAM adds 0.25 dB.", "adjustedP": 0.0123, "differences": [],
                "decisive": { "dataset": "Set", "measure": { "kind": "psnr", "protocol": "y" },
                  "seeds": { "mean": 0.25, "seeds": 5, "seedNoise": 0.1, "interval": [0.125, 0.375], "p": 0.0123, "effect": { "cohensD": 2.5, "hedgesG": 2 } } }
              }],
              "arms": [
                { "network": "ESPCN x4", "variant": "none", "scale": 4, "seeds": 5, "parameters": 1000, "macsPerPixel": 900, "steps": 60,
                  "means": [{ "dataset": "Set", "measure": { "kind": "psnr", "protocol": "y" }, "value": 30, "interval": [29.9, 30.1] }] },
                { "network": "ESPCN x4", "variant": "CBAM", "scale": 4, "seeds": 5, "parameters": 1100, "macsPerPixel": 950, "steps": 60,
                  "means": [{ "dataset": "Set", "measure": { "kind": "psnr", "protocol": "y" }, "value": 30.25, "interval": [30.1, 30.4] }] }
              ]
            }
            """);
        await using var visit = await studio.OpenAsync("results");
        await visit.View.GetByRole(AriaRole.Link, new() { Name = "experiment" }).ClickAsync();

        await Expect(visit.View.GetByText("CBAM adds 0.25 dB.")).ToBeVisibleAsync();
        await Expect(visit.View.GetByRole(AriaRole.Img, new() { Name = "ESPCN x4: CBAM against none: 0.250 dB, from 0.125 to 0.375" })).ToBeVisibleAsync();
        await Expect(visit.View.Locator("td.best")).ToHaveTextAsync("30.25");
        await AccessibilityTests.AssertAccessibleAsync(visit.Page);
    }

    private static string Step(int step) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"step":{{step}},"loss":{{1d / step}},"learningRate":0.001,"gradientNorm":0.1,"samplesPerSecond":100,"dataWait":0,"memoryMegabytes":100}""") + "\n";
}
