using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.ModelFiles;
using SuperRes.Pixels;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Tests.Attention;

public sealed class AttentionEndpointTests
{
    [Fact]
    public async Task Attention_OfARegion_IsTheLibrarysOwn_WithHeatMaps()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var picture = TestPictures.Rgb(40, 30);
        var image = await server.UploadAsync(TestPictures.Encode(picture));

        var answer = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2", region = new { x = 4, y = 2, width = 24, height = 20 } }, HttpStatusCode.OK);

        var expected = AttentionMaps.Compute(ModelFile.Load(Path.Combine(models.Folder, "tiny-cbam-x2.safetensors")), picture.Crop(4, 2, 24, 20));
        Assert.Equal((24, 20, 3), (answer["width"]!.GetValue<int>(), answer["height"]!.GetValue<int>(), expected.Count));
        foreach (var (layer, view) in expected.Zip(answer["layers"]!.AsArray()))
        {
            Assert.Equal((layer.Name, layer.Number), (view!["name"]!.GetValue<string>(), view["block"]!.GetValue<int>()));
            Assert.Equal(layer.ChannelWeights, view["channelWeights"]!.AsArray().Select(weight => weight!.GetValue<float>()));
            var weights = layer.Spatial!.Weights.ToArray();
            Assert.Equal((weights.Min(), weights.Max()), (view["spatial"]!["min"]!.GetValue<float>(), view["spatial"]!["max"]!.GetValue<float>()));
            var map = TestPictures.Decode(await server.Client.GetByteArrayAsync(view["spatial"]!["url"]!.GetValue<string>()));
            Assert.Equal((24, 20), (map.Width, map.Height));

            // Viridis ends in yellow where the weight is largest, and begins in violet where it is smallest.
            Assert.Equal([0xfd, 0xe7, 0x25], Pixel(map, Array.IndexOf(weights, weights.Max())));
            Assert.Equal([0x44, 0x01, 0x54], Pixel(map, Array.IndexOf(weights, weights.Min())));
        }
    }

    [Fact]
    public async Task Attention_OfAModelWithout_NamesThoseThatHave()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        var problem = await server.PostAsync("/api/v1/attention", new { image, model = "bicubic" }, HttpStatusCode.BadRequest);

        Assert.Contains("These have: tiny-cbam-x2.", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        await server.GetAsync("/api/v1/attention/nothing/1", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Attention_OfAModelWhoseFileHasGone_SaysSo()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var image = await server.UploadAsync(TestPictures.Png(8, 8));
        File.Delete(Path.Combine(models.Folder, "tiny-cbam-x2.safetensors"));

        var problem = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" }, HttpStatusCode.UnprocessableEntity);

        Assert.Contains("tiny-cbam-x2.safetensors", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attention_ThatNeedsMoreMemoryThanAJobMay_IsRefused()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Limits = new StudioLimits { JobMemory = 1000 } });
        var image = await server.UploadAsync(TestPictures.Png(40, 30));

        var problem = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" }, HttpStatusCode.UnprocessableEntity);

        Assert.Contains("the budget is", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Attention_WhoseTurnComesTooLate_SaysSoInASentence()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Limits = new StudioLimits { JobTime = TimeSpan.FromMilliseconds(100) } });
        var image = await server.UploadAsync(TestPictures.Png(2000, 2000));

        // A fast machine may make the first.
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => server.Client.PostAsJsonAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" })));

        var late = answers.Where(answer => answer.StatusCode != HttpStatusCode.OK).ToList();
        Assert.NotEmpty(late);
        foreach (var answer in late)
        {
            Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
            Assert.Contains("longer than", (await TestServer.JsonAsync(answer))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Attention_AskedForAgainAndAgain_KeepsWithinTheDisksShareAndLeavesUploadsAlone()
    {
        using var models = new TestModels();
        var time = new TestTime();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Time = time, Limits = new StudioLimits { DiskBytes = 60_000 } });
        var image = await server.UploadAsync(TestPictures.Png(40, 30));
        var storage = server.Server.Services.GetRequiredService<TemporaryStorage>();
        var urls = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var answer = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" }, HttpStatusCode.OK);
            urls.Add(answer["layers"]![0]!["spatial"]!["url"]!.GetValue<string>());
            Assert.InRange(storage.BytesUsed(), 1, 60_000);
            time.Advance(TimeSpan.FromSeconds(11));
        }

        await server.GetAsync(urls[0], HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.OK, (await server.Client.GetAsync(urls[^1])).StatusCode);
        await server.GetAsync($"/api/v1/images/{image}");
    }

    [Fact]
    public async Task Attention_ThatTheDisksShareHasNoRoomFor_IsRefused()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Limits = new StudioLimits { DiskBytes = 9_000 } });
        var image = await server.UploadAsync(TestPictures.Png(40, 30));

        var problem = await server.PostAsync("/api/v1/attention", new { image, model = "tiny-cbam-x2" }, HttpStatusCode.InsufficientStorage);

        Assert.Contains("share", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static int[] Pixel(ImageBuffer image, int index) => [.. image.Samples<byte>().Slice(3 * index, 3).ToArray().Select(value => (int)value)];
}
