using Microsoft.Extensions.DependencyInjection;
using SuperRes.Studio.Models;
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

    private static Upscaler Borrow(ModelShelf shelf, string name)
    {
        using var loan = shelf.Borrow(shelf.Get(name));
        return loan.Upscaler;
    }
}
