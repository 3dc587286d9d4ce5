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

    [Fact]
    public async Task Models_OfFilesWithOneName_AreToldApartByTheirFolders()
    {
        using var models = new TestModels();
        var espcn = Path.Combine(models.Folder, "espcn-x4.safetensors");
        string[] files = [.. ((string[])["edsr/seed-1/final", "cbam/seed-1/final", "cbam/seed-2/final", "mine/bicubic"]).Select(name => Copy(espcn, Path.Combine(models.Folder, name + ".safetensors")))];
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, ModelFiles = [.. files, files[0]] });
        var shelf = server.Server.Services.GetRequiredService<ModelShelf>();

        Assert.Equal(
            ["edsr-seed-1-final", "cbam-seed-1-final", "seed-2-final", "mine-bicubic", "espcn-x4", "tiny-cbam-x2"],
            shelf.Models.Where(model => model.Kind == ModelKind.Network).Select(model => model.Name));
        Assert.Equal(files[1], shelf.FileOf(shelf.Get("cbam-seed-1-final")));
        Assert.Equal(ModelKind.Classical, shelf.Get("bicubic").Kind);
        Assert.Null(shelf.FileOf(shelf.Get("bicubic")));
    }

    private static string Copy(string file, string target)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Copy(file, target);
        return target;
    }

    private static Upscaler Borrow(ModelShelf shelf, string name)
    {
        using var loan = shelf.Borrow(shelf.Get(name));
        return loan.Upscaler;
    }
}
