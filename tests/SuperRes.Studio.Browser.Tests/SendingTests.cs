using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace SuperRes.Studio.Browser.Tests;

public sealed class SendingTests(StudioFixture studio)
{
    private static readonly string[] Pictures = ["perched-osprey.png", "kitten-on-lawn.png", "roman-colosseum.png", "motherboard-circuits.png"];

    [Fact]
    public async Task Cancel_OnTheWayAndInLine_IsNoFailureAndSendsNothingMore()
    {
        await using var visit = await studio.OpenAsync();
        var page = visit.Page;
        var sent = 0;
        page.Request += (_, request) => sent += request.Method is "POST" && request.Url.EndsWith("/images", StringComparison.Ordinal) ? 1 : 0;
        var network = await page.Context.NewCDPSessionAsync(page);
        await ThrottleAsync(network, bytesPerSecond: 10_000);

        // Two travel at a time, so the other two wait in line; these are cancelled first, or they would set out.
        await visit.DropAsync(Pictures.Select(Repository.Sample));
        foreach (var picture in Pictures.Reverse())
        {
            await page.GetByRole(AriaRole.Button, new() { Name = $"Cancel {picture}" }).ClickAsync();
        }

        await ThrottleAsync(network, bytesPerSecond: -1);
        await page.WaitForTimeoutAsync(1500);

        Assert.Equal(2, sent);
        foreach (var picture in Pictures)
        {
            await visit.View.Locator(".pick", new() { HasText = picture }).ClickAsync();
            await Expect(visit.View.Locator(".blank h2", new() { HasText = $"{picture} was cancelled" })).ToBeVisibleAsync();
        }
    }

    private static async Task ThrottleAsync(ICDPSession network, int bytesPerSecond) => await network.SendAsync(
        "Network.emulateNetworkConditions",
        new Dictionary<string, object> { ["offline"] = false, ["latency"] = 0, ["downloadThroughput"] = -1, ["uploadThroughput"] = bytesPerSecond });
}
