using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SuperRes.Imaging;
using SuperRes.Metrics;
using SuperRes.Networks.Architectures;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;
using SuperRes.Upscaling;

namespace SuperRes.Studio.Tests.Jobs;

public sealed class JobEndpointTests
{
    [Fact]
    public async Task Result_OfABicubicJob_IsTheLibrarysOwn()
    {
        await using var server = await TestServer.StartAsync();
        var picture = TestPictures.Rgb(40, 30);
        var image = await server.UploadAsync(TestPictures.Encode(picture), "small one.png");

        var job = await server.RunJobAsync(new { image, model = "bicubic", scale = 3 });

        Assert.Equal(("done", 1.0, 120, 90), (job["state"]!.GetValue<string>(), job["share"]!.GetValue<double>(), job["width"]!.GetValue<int>(), job["height"]!.GetValue<int>()));
        using var response = await server.Client.GetAsync($"/api/v1/jobs/{job["id"]}/result");
        Assert.Equal((HttpStatusCode.OK, "small one-x3.png"), (response.StatusCode, response.Content.Headers.ContentDisposition?.FileNameStar));
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition!.DispositionType);
        var expected = MatlabResize.ToSize(picture, 120, 90).Samples<byte>().ToArray();
        Assert.Equal(expected, TestPictures.Decode(await response.Content.ReadAsByteArrayAsync()).Samples<byte>().ToArray());
    }

    [Fact]
    public async Task Events_OfAJob_AreProgressThenDone()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(60, 40));
        var job = await server.PostAsync("/api/v1/jobs", new { image, model = "lanczos", scale = 4 }, HttpStatusCode.Accepted);

        var events = await server.EventsAsync(job["id"]!.GetValue<string>());

        Assert.Equal("done", events[^1].Name);
        Assert.All(events.SkipLast(1), item => Assert.Equal("progress", item.Name));
        var shares = events.Select(item => item.Job["share"]!.GetValue<double>()).ToList();
        Assert.Equal(shares.Order(), shares);
        Assert.Equal(1, shares[^1]);
    }

    [Fact]
    public async Task Result_OfANetwork_IsTheUpscalersOwn_InTheFormatsAskedFor()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var picture = TestPictures.Rgb(50, 40);
        var image = await server.UploadAsync(TestPictures.Encode(picture), "p.png");

        var job = await server.RunJobAsync(new { image, model = "espcn-x4", scale = 4, ensemble = true });

        Assert.Equal("done", job["state"]!.GetValue<string>());
        using var upscaler = Upscaler.Load(Path.Combine(models.Folder, "espcn-x4.safetensors"));
        var expected = upscaler.Upscale(picture, 4, new UpscaleOptions { SelfEnsemble = true }).Samples<byte>().ToArray();
        foreach (var path in (string[])["result", "preview", "result?format=tif"])
        {
            Assert.Equal(expected, TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/{path}")).Samples<byte>().ToArray());
        }

        using var jpeg = await server.Client.GetAsync($"/api/v1/jobs/{job["id"]}/result?format=jpg&quality=30");
        Assert.Equal("p-x4.jpg", jpeg.Content.Headers.ContentDisposition?.FileName);
        Assert.True((await jpeg.Content.ReadAsByteArrayAsync()).AsSpan().StartsWith((byte[])[0xFF, 0xD8]));
    }

    [Theory]
    [InlineData("edsr-x4", 40, true)]
    [InlineData("edsr-x4", 95, false)]
    [InlineData("espcn-x4", 40, false)]
    public async Task Job_OfAPhotoThatIsCompressedMuch_TellsOfTheModelForSuch(string model, int quality, bool isTold)
    {
        using var models = new TestModels();
        models.Save("edsr-x4", new EdsrOptions(Scale: 4, Blocks: 1, Features: 4));
        models.Save("photo-x4", new EdsrOptions(Scale: 4, Blocks: 1, Features: 4));
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        using var file = new MemoryStream();
        ImageFile.Write(file, TestPictures.Rgb(16, 16), metadata: null, new ImageWriteOptions { Format = ImageFormat.Jpeg, JpegQuality = quality });
        var image = await server.UploadAsync(file.ToArray(), "p.jpg");

        var job = await server.RunJobAsync(new { image, model, scale = 4 });

        string[] told = isTold ? ["The JPEG's quality is about 40: photo-x4 takes blocks and noise away, which edsr-x4 sharpens."] : [];
        Assert.Equal(told, job["notes"]!.AsArray().Select(note => note!.GetValue<string>()));
    }

    [Fact]
    public async Task Result_KeepsTheUploadsMetadata()
    {
        await using var server = await TestServer.StartAsync();
        var xmp = "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='attic'/></rdf:RDF></x:xmpmeta>"u8.ToArray();
        var image = await server.UploadAsync(TestPictures.Encode(TestPictures.Rgb(8, 8), metadata: new ImageMetadata { Xmp = xmp, Resolution = new ImageResolution(300, 300) }));

        var job = await server.RunJobAsync(new { image, model = "bicubic", scale = 2 });

        // The job outlives the image that it was made of.
        await server.Client.DeleteAsync($"/api/v1/images/{image}");
        using var file = new MemoryStream(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/result"));
        var metadata = ImageFile.Read(file).Metadata;
        Assert.Contains("attic", Encoding.UTF8.GetString(metadata.Xmp.Span), StringComparison.Ordinal);
        Assert.Equal(300, metadata.Resolution!.Value.Horizontal, 0.1);
    }

    [Theory]
    [InlineData(ColorModel.Rgb)]
    [InlineData(ColorModel.Rgba)]
    public async Task Preview_OfALargeResult_KeepsWithinTheMemoryOfAJob(ColorModel color)
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobMemory = 80_000_000 } });
        var picture = new ImageBuffer(200, 150, color, SampleType.UInt16);
        var samples = picture.Samples<ushort>();
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = (ushort)(i * 2654435761u >> 16);
        }

        var job = await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Encode(picture)), model = "nearest", scale = 10 });
        using var response = await server.Client.GetAsync($"/api/v1/jobs/{job["id"]}/preview?max=100");

        // Colour spreads under alpha over any distance, so that such a result has to be held whole: 3 megapixels are too many here.
        Assert.Equal(color == ColorModel.Rgb ? HttpStatusCode.OK : HttpStatusCode.UnprocessableEntity, response.StatusCode);
        if (color == ColorModel.Rgb)
        {
            using var upscaler = Upscaler.Load("bicubic");
            var large = TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/result")).ConvertTo(SampleType.UInt8);
            var expected = upscaler.Upscale(large, TargetSize.FromPixels(100, null));
            Assert.Equal(expected.Samples<byte>().ToArray(), TestPictures.Decode(await response.Content.ReadAsByteArrayAsync()).Samples<byte>().ToArray());
        }
    }

    [Fact]
    public async Task Result_WhoseEncoderWouldHoldTooMuch_IsRefusedInThatFormatOnly()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobMemory = 40_000_000 } });
        var image = await server.UploadAsync(TestPictures.Png(250, 2000));
        var job = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });
        Assert.True(job["state"]!.GetValue<string>() == "done", job.ToJsonString());

        // WebP's encoder gets all 24 MB of samples and has its own copy.
        var problem = await server.GetAsync($"/api/v1/jobs/{job["id"]}/result?format=webp", HttpStatusCode.RequestEntityTooLarge);

        Assert.Contains("Choose PNG or TIFF", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(8000, TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/result")).Height);
    }

    [Fact]
    public async Task Metrics_AgainstAReference_AreThoseOfTheProtocol()
    {
        await using var server = await TestServer.StartAsync();
        var picture = TestPictures.Rgb(40, 30);
        var larger = MatlabResize.ToSize(picture, 80, 60);
        var reference = larger.Clone();
        reference.Samples<byte>()[3 * ((30 * 80) + 40)] ^= 64;
        var image = await server.UploadAsync(TestPictures.Encode(picture));
        string[] references = [await server.UploadAsync(TestPictures.Encode(reference)), await server.UploadAsync(TestPictures.Encode(larger))];

        var differs = await server.RunJobAsync(new { image, model = "bicubic", scale = 2, reference = references[0] });
        var same = await server.RunJobAsync(new { image, model = "bicubic", scale = 2, reference = references[1] });

        var score = Protocols.Y.Measure(larger, reference, 2);
        Assert.Equal("y", differs["metrics"]!["protocol"]!.GetValue<string>());
        Assert.Equal(score.Psnr, differs["metrics"]!["psnr"]!.GetValue<double>(), 9);
        Assert.Equal(score.Ssim, differs["metrics"]!["ssim"]!.GetValue<double>(), 9);
        Assert.Equal("Infinity", same["metrics"]!["psnr"]!.GetValue<string>());
        var map = TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{differs["id"]}/error-map"));

        // One sample is off by 64: a third of that over the channels, times eight.
        Assert.Equal(64 * 8 / 3, map.Samples<byte>()[(30 * 80) + 40]);
        Assert.Equal(64 * 8 / 3, map.Samples<byte>().ToArray().Sum(value => value));
    }

    [Theory]
    [InlineData("model", "edsrr", "There is no model 'edsrr'.")]
    [InlineData("model", "bicubik", "Did you mean 'bicubic'?")]
    [InlineData("model", "/etc/passwd", "There is no model 'passwd'.")]
    [InlineData("image", "nothing", "There is no image 'nothing'.")]
    [InlineData("format", "exe", "'exe' is no format that can be written here.")]
    [InlineData("colour", "red", "'colour' is not known.")]
    [InlineData("modle", "bicubic", "'modle' is not known; did you mean 'model'?")]
    [InlineData("quality", "high", "'quality' has a value of another kind than is expected.")]
    public async Task Job_ThatCantBeDone_IsRefusedInASentence(string key, string value, string expected)
    {
        await using var server = await TestServer.StartAsync();
        var request = new Dictionary<string, object> { ["image"] = await server.UploadAsync(TestPictures.Png(8, 8)), ["model"] = "bicubic", ["scale"] = 2, [key] = value };

        using var response = await server.Client.PostAsJsonAsync("/api/v1/jobs", request);

        Assert.Equal(key == "image" ? HttpStatusCode.NotFound : HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(expected, (await TestServer.JsonAsync(response))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OfABrokenBody_IsToldLineAndColumnAsEditorsCountThem()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.Client.PostAsync("/api/v1/jobs", new StringContent("{\n  \"image\": oops\n}", System.Text.Encoding.UTF8, "application/json"));

        var detail = (await TestServer.JsonAsync(response))["detail"]!.GetValue<string>();
        Assert.Equal("The body is not the JSON that is expected here (line 2, column 12): 'o' is an invalid start of a value.", detail);
    }

    [Theory]
    [InlineData(0, 0, 9, 8)]
    [InlineData(-1, 0, 4, 4)]
    [InlineData(2147483647, 0, 4, 4)]
    [InlineData(0, 0, 0, 4)]
    public async Task Job_OfARegionOutsideTheImage_IsRefused(int x, int y, int width, int height)
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        var problem = await server.PostAsync("/api/v1/jobs", new { image, model = "bicubic", scale = 2, region = new { x, y, width, height } }, HttpStatusCode.BadRequest);

        Assert.Contains("8 x 8", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Jobs_BeyondTheLimits_AreRefused()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { ResultPixels = 1000, Queue = 2 } });
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        var large = await server.PostAsync("/api/v1/jobs", new { image, model = "bicubic", scale = 4 }, HttpStatusCode.RequestEntityTooLarge);
        var many = await server.PostAsync("/api/v1/contests", new { image, scale = 2, models = (string[])["nearest", "bilinear", "bicubic"] }, HttpStatusCode.BadRequest);

        Assert.Contains("--max-result-pixels", large["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("lets 2 wait. Ask for fewer", many["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("done", (await server.RunJobAsync(new { image, model = "bicubic", scale = 2 }))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Job_WhoseReferenceTakesTooMuchMemory_FailsAndTheSameWithoutOneWorks()
    {
        // Two images of 1200 x 1200 pixels, one of them twice, and what is measured of them.
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobMemory = 30_000_000 } });
        var image = await server.UploadAsync(TestPictures.Png(300, 300));
        var reference = await server.UploadAsync(TestPictures.Png(1200, 1200));

        var compared = await server.RunJobAsync(new { image, model = "nearest", scale = 4, reference });
        var alone = await server.RunJobAsync(new { image, model = "nearest", scale = 4 });

        Assert.Equal(("failed", "done"), (compared["state"]!.GetValue<string>(), alone["state"]!.GetValue<string>()));
        Assert.StartsWith("Comparing with the reference needs about 45 MiB of memory, and this server allows 28.", compared["error"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("images/{0}/preview?max=many", "'many' is no value for 'max'.")]
    [InlineData("images/{0}/preview?max=", "'max' is empty in the address.")]
    [InlineData("images/{0}/preview?max=a/b", "'a/b' is no value for 'max'.")]
    [InlineData("zip", "'jobs' is missing in the address.")]
    [InlineData("studies/Duel/next?voter=ann&skip=first", "'first' is no value for 'skip'.")]
    public async Task Address_WithAWrongValue_IsRefusedInASentence(string address, string expected)
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        var problem = await server.GetAsync("/api/v1/" + string.Format(System.Globalization.CultureInfo.InvariantCulture, address, image), HttpStatusCode.BadRequest);

        Assert.StartsWith(expected, problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Job_OfNoBody_IsRefusedInASentence()
    {
        await using var server = await TestServer.StartAsync();
        using var content = new StringContent("null", System.Text.Encoding.UTF8, "application/json");

        using var response = await server.Client.PostAsync("/api/v1/jobs", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.StartsWith("A body of JSON is expected here", (await TestServer.JsonAsync(response))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("webp", HttpStatusCode.BadRequest)]
    [InlineData("jpg", HttpStatusCode.Accepted)]
    public async Task Job_OfAFormatThatCantHoldTheResult_IsRefusedBeforeItIsMade(string format, HttpStatusCode expected)
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(1025, 2));

        // 16,400 pixels a side, and WebP counts to 16,383.
        var answer = await server.PostAsync("/api/v1/jobs", new { image, model = "nearest", scale = 16, format }, expected);

        if (expected == HttpStatusCode.BadRequest)
        {
            Assert.Contains("WebP allows at most 16383 a side. Choose PNG or TIFF", answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Result_ThatTheUploadsFormatCantHold_IsPng()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Encode(TestPictures.Rgb(1025, 2), ImageFormat.Webp), "wide.webp");

        var job = await server.RunJobAsync(new { image, model = "nearest", scale = 16 });

        Assert.Equal("wide-x16.png", job["fileName"]!.GetValue<string>());
        Assert.Equal(16_400, TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/jobs/{job["id"]}/result")).Width);
    }

    [Fact]
    public async Task Job_ThatTakesTooLong_FailsAndTheNextOneWorks()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobTime = TimeSpan.FromMilliseconds(1) } });
        var image = await server.UploadAsync(TestPictures.Png(900, 900));

        var job = await server.RunJobAsync(new { image, model = "lanczos", scale = 4 });

        Assert.Equal("failed", job["state"]!.GetValue<string>());
        Assert.Contains("longer than", job["error"]!.GetValue<string>(), StringComparison.Ordinal);
        await server.GetAsync($"/api/v1/jobs/{job["id"]}/result", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Delete_OfARunningJob_CancelsItAndKeepsItsPlaceUntilDeletedAgain()
    {
        using var models = new TestModels();
        await using var server = await TestServer.StartAsync(new StudioOptions { Models = models.Library });
        var image = await server.UploadAsync(TestPictures.Png(1200, 1000));
        var job = (await server.PostAsync("/api/v1/jobs", new { image, model = "espcn-x4", scale = 4, ensemble = true }, HttpStatusCode.Accepted))["id"]!.GetValue<string>();
        var waiting = (await server.PostAsync("/api/v1/jobs", new { image, model = "espcn-x4", scale = 4 }, HttpStatusCode.Accepted))["id"]!.GetValue<string>();

        foreach (var id in (string[])[waiting, job])
        {
            Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/v1/jobs/{id}")).StatusCode);
            Assert.Equal("cancelled", (await server.EventsAsync(id))[^1].Name);
            await server.GetAsync($"/api/v1/jobs/{id}/preview", HttpStatusCode.Conflict);
            await server.Client.DeleteAsync($"/api/v1/jobs/{id}");
            await server.GetAsync($"/api/v1/jobs/{id}", HttpStatusCode.NotFound);
        }

        var small = await server.UploadAsync(TestPictures.Png(20, 20));
        Assert.Equal("done", (await server.RunJobAsync(new { image = small, model = "espcn-x4", scale = 4 }))["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task Job_OfMoreBytesThanABufferHolds_IsRefusedByThat()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { ResultPixels = 1_000_000_000 } });
        var image = await server.UploadAsync(TestPictures.Encode(new ImageBuffer(300, 300, ColorModel.Rgba, SampleType.UInt16)));

        var problem = await server.PostAsync("/api/v1/jobs", new { image, model = "nearest", scale = 64 }, HttpStatusCode.RequestEntityTooLarge);

        // 19,200 squared, of 8 bytes each.
        Assert.StartsWith("The result would take 2.95 GB without compression", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Zip_OfJobs_HoldsEachResultUnderItsOwnName()
    {
        await using var server = await TestServer.StartAsync();
        string[] images = [await server.UploadAsync(TestPictures.Png(8, 8), "same.png"), await server.UploadAsync(TestPictures.Png(9, 9), "same.png")];
        var jobs = new List<string>();
        foreach (var image in images)
        {
            jobs.Add((await server.RunJobAsync(new { image, model = "nearest", scale = 2 }))["id"]!.GetValue<string>());
        }

        using var zip = new ZipArchive(new MemoryStream(await server.Client.GetByteArrayAsync($"/api/v1/zip?jobs={string.Join(',', jobs)}")));

        Assert.Equal(["same-x2.png", "same-x2 (2).png"], zip.Entries.Select(entry => entry.FullName));
        Assert.Equal(18, Width(zip.Entries[1]));
        await server.GetAsync($"/api/v1/zip?jobs={jobs[0]},nothing", HttpStatusCode.NotFound);
        await server.GetAsync("/api/v1/zip?jobs=", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Zip_OfJobsThatGoWhileItIsSent_IsWhole()
    {
        // Noise, so that the files are more than lies in the sockets' buffers.
        await using var server = await TestServer.StartAsync();
        var noise = new byte[3 * 750 * 750];
        new Random(1).NextBytes(noise);
        var image = await server.UploadAsync(TestPictures.Encode(ImageBuffer.FromSamples(750, 750, ColorModel.Rgb, noise)));
        var jobs = new List<string>();
        foreach (var scale in (double[])[1.8, 1.9, 2])
        {
            jobs.Add((await server.RunJobAsync(new { image, model = "bicubic", scale }))["id"]!.GetValue<string>());
        }

        using var answer = await server.Client.GetAsync($"/api/v1/zip?jobs={string.Join(',', jobs)}", HttpCompletionOption.ResponseHeadersRead);
        var toGo = server.Server.Services.GetRequiredService<JobBoard>().OverSince(long.MaxValue);
        foreach (var job in jobs)
        {
            using var removed = await server.Client.DeleteAsync($"/api/v1/jobs/{job}");
            Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        }

        using (var zip = new ZipArchive(new MemoryStream(await answer.Content.ReadAsByteArrayAsync())))
        {
            Assert.Equal([1350, 1425, 1500], zip.Entries.Select(entry => Width(entry)));
        }

        // Meanwhile none was taken to make room; afterwards nothing is left of them.
        Assert.Empty(toGo);
        using var gone = await server.Client.DeleteAsync($"/api/v1/images/{image}");
        var storage = server.Server.Services.GetRequiredService<TemporaryStorage>();
        Assert.True(SpinWait.SpinUntil(() => storage.BytesUsed() == 0, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task Zip_WithAResultThatCantBeWritten_HoldsTheOthersAndSaysSo()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { JobMemory = 40_000_000 } });
        var large = (await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(250, 2000), "large.png"), model = "nearest", scale = 4, format = "webp" }))["id"];
        var small = (await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(8, 8), "small.png"), model = "nearest", scale = 4, format = "webp" }))["id"];

        using var zip = new ZipArchive(new MemoryStream(await server.Client.GetByteArrayAsync($"/api/v1/zip?jobs={large},{small}")));

        Assert.Equal(["small-x4.webp", "not-included.txt"], zip.Entries.Select(entry => entry.FullName));
        using var text = new StreamReader(zip.Entries[1].Open());
        Assert.StartsWith("large-x4.webp: Writing WebP needs about", await text.ReadToEndAsync(), StringComparison.Ordinal);
        await server.GetAsync($"/api/v1/zip?jobs={large}", HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData(300, ",")]
    [InlineData(500, "%2C")]
    public async Task Zip_OfManyIds_IsNotTooLongAnAddress(int count, string comma)
    {
        await using var server = await TestServer.StartAsync();
        var job = (await server.RunJobAsync(new { image = await server.UploadAsync(TestPictures.Png(8, 8)), model = "nearest", scale = 2 }))["id"]!.GetValue<string>();

        using var zip = new ZipArchive(new MemoryStream(await server.Client.GetByteArrayAsync($"/api/v1/zip?jobs={string.Join(comma, Enumerable.Repeat(job, count))}")));

        // A job that is named again is there once.
        Assert.Single(zip.Entries);
    }

    private static int Width(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using var stream = entry.Open();
        stream.CopyTo(content);
        return TestPictures.Decode(content.ToArray()).Width;
    }
}
