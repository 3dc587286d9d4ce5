using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Models;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Tests.Models;

public sealed class ModelShelfTests
{
    [Fact]
    public async Task Borrow_OfClassicalMethods_LeavesTheNetworksLoaded()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var shelf = server.Server.Services.GetRequiredService<ModelShelf>();
        var network = Borrow(shelf, "espcn-x4");

        // More than the shelf holds.
        foreach (var name in (string[])["nearest", "bilinear", "bicubic", "lanczos", "sharpen"])
        {
            Borrow(shelf, name);
        }

        Assert.Same(network, Borrow(shelf, "espcn-x4"));
    }

    [Fact]
    public async Task Sweep_OfANetworkInSteadyUse_LeavesItLoaded_UntilNobodyUsesIt()
    {
        var time = new TestTime();
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Time = time });
        var shelf = server.Server.Services.GetRequiredService<ModelShelf>();
        var janitor = server.Server.Services.GetRequiredService<Janitor>();
        var network = Borrow(shelf, "espcn-x4");

        // Each use is over before the next round.
        for (var minute = 0; minute < 5; minute++)
        {
            time.Advance(TimeSpan.FromMinutes(1));
            Assert.Same(network, Borrow(shelf, "espcn-x4"));
            time.Advance(TimeSpan.FromSeconds(1));
            janitor.Sweep();
        }

        Assert.Same(network, Borrow(shelf, "espcn-x4"));
        time.Advance(TimeSpan.FromMinutes(3));
        janitor.Sweep();
        Assert.NotSame(network, Borrow(shelf, "espcn-x4"));
    }

    private static Upscaler Borrow(ModelShelf shelf, string name)
    {
        using var loan = shelf.Borrow(shelf.Get(name));
        return loan.Upscaler;
    }
}
