using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Resampling;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Tests.Operations;

/// <summary>
/// Eight clients at once, for as many seconds as <c>SUPERRES_STUDIO_LOAD_SECONDS</c> says; 8 where it says nothing, 60 by
/// hand.
/// </summary>
public sealed class LoadTests
{
    private const int Clients = 8;
    private const long MostGrowth = 400L << 20;

    private static int Seconds => int.TryParse(Environment.GetEnvironmentVariable("SUPERRES_STUDIO_LOAD_SECONDS"), out var seconds) ? seconds : 8;

    [Fact]
    public async Task EightClients_AtOnce_LoseNoJobAndSeeNo5xx()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library, Limits = new StudioLimits { DiskBytes = 256 << 20 } });
        await RunOnceAsync(server, 0, 0);
        var before = Settled();
        var (done, lost) = (0, 0);
        var clock = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(async () =>
        {
            for (var round = 0; clock.Elapsed.TotalSeconds < Seconds; round++)
            {
                Interlocked.Increment(ref lost);
                await RunOnceAsync(server, client, round);
                Interlocked.Decrement(ref lost);
                Interlocked.Increment(ref done);
            }
        })));

        server.Server.Services.GetRequiredService<Janitor>().Sweep();
        var after = Settled();
        TestContext.Current.TestOutputHelper?.WriteLine($"{done} rounds in {clock.Elapsed.TotalSeconds:0.0} s; memory {before >> 20} MiB before, {after >> 20} MiB after");
        Assert.Equal(0, lost);
        Assert.True(done >= Clients, $"Only {done} rounds were done.");
        Assert.True(after - before < MostGrowth, $"Memory grew from {before >> 20} to {after >> 20} MiB.");
        Assert.True(server.Server.Services.GetRequiredService<TemporaryStorage>().BytesUsed() <= 256 << 20);
        var metrics = await server.Client.GetStringAsync("/metrics");
        Assert.DoesNotContain("status=\"5", metrics, StringComparison.Ordinal);
        Assert.Contains("superres_jobs_total{state=\"failed\"} 0\n", metrics, StringComparison.Ordinal);
    }

    /// <summary>Everything that a page does with a photo; every fourth time it changes its mind.</summary>
    private static async Task RunOnceAsync(TestServer server, int client, int round)
    {
        var picture = TestPictures.Rgb(60 + (7 * client), 50 + (round % 9));
        var image = await server.UploadAsync(TestPictures.Encode(picture), $"client {client}.png");
        Assert.Equal(picture.Samples<byte>().ToArray(), TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/images/{image}/preview")).Samples<byte>().ToArray());
        var model = ((string[])["espcn-x4", "bicubic", "lanczos", "tiny-cbam-x2"])[(client + round) % 4];
        var scale = model == "tiny-cbam-x2" ? 2 : 4;
        var job = (await server.PostAsync("/api/v1/jobs", new { image, model, scale }, HttpStatusCode.Accepted))["id"]!.GetValue<string>();
        if ((client + round) % 4 == 3)
        {
            Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/v1/jobs/{job}")).StatusCode);
        }
        else
        {
            var (name, last) = (await server.EventsAsync(job))[^1];
            Assert.Equal("done", name);
            var (width, height) = (picture.Width * scale, picture.Height * scale);
            Assert.Equal((width, height), (last["width"]!.GetValue<int>(), last["height"]!.GetValue<int>()));
            using var jpeg = await server.Client.GetAsync($"/api/v1/jobs/{job}/result?format=jpg");
            Assert.Equal(HttpStatusCode.OK, jpeg.StatusCode);
            var shown = TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job}/preview"));
            if (model == "bicubic")
            {
                Assert.Equal(MatlabResize.ToSize(picture, width, height).Samples<byte>().ToArray(), shown.Samples<byte>().ToArray());
            }
        }

        await server.Client.DeleteAsync($"/api/v1/images/{image}");
    }

    private static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
