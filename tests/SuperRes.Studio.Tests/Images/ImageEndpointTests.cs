using System.Net;
using System.Net.Sockets;
using System.Text;
using SuperRes.Pixels;

namespace SuperRes.Studio.Tests.Images;

public sealed class ImageEndpointTests
{
    [Fact]
    public async Task Upload_AsBodyAndAsForm_IsTheSame()
    {
        await using var server = await TestServer.StartAsync();
        var file = TestPictures.Png(31, 17);
        using var body = await server.PostFileAsync(file, "Büro & Café.png");
        using var form = await server.Client.PostAsync("/api/v1/images", new MultipartFormDataContent { { new StringContent("x"), "other" }, { new ByteArrayContent(file), "file", "form.png" } });

        var (first, second) = (await TestServer.JsonAsync(body), await TestServer.JsonAsync(form));
        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (body.StatusCode, form.StatusCode));
        Assert.Equal($"/api/v1/images/{first["id"]}", body.Headers.Location?.OriginalString);
        Assert.Equal(("Büro & Café.png", "form.png"), (first["name"]!.GetValue<string>(), second["name"]!.GetValue<string>()));
        foreach (var image in (System.Text.Json.Nodes.JsonNode[])[first, second])
        {
            Assert.Equal((31, 17, 8), (image["width"]!.GetValue<int>(), image["height"]!.GetValue<int>(), image["bits"]!.GetValue<int>()));
            Assert.Equal(("PNG", "rgb", false, file.Length), (image["format"]!.GetValue<string>(), image["color"]!.GetValue<string>(), image["alpha"]!.GetValue<bool>(), image["bytes"]!.GetValue<int>()));
        }
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Windows\\system32\\cmd.exe", "cmd.exe")]
    [InlineData("/", "image")]
    [InlineData("..", "image")]
    [InlineData("a\0b\r\nc.png", "abc.png")]
    [InlineData("nul:stream|x?.png", "nulstreamx.png")]
    [InlineData("\u202Egnp.exe", "gnp.exe")]
    public async Task Upload_WithAPathLikeName_KeepsOnlyAHarmlessName(string name, string expected)
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostFileAsync(TestPictures.Png(4, 4), name);

        Assert.Equal(expected, (await TestServer.JsonAsync(response))["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Upload_OfNoImage_SaysSoInASentence()
    {
        await using var server = await TestServer.StartAsync();

        using var response = await server.PostFileAsync("Dear diary"u8.ToArray(), "diary.txt");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        var problem = await TestServer.JsonAsync(response);
        Assert.Contains("'diary.txt'", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal(422, problem["status"]!.GetValue<int>());
    }

    [Fact]
    public async Task Upload_AboveALimit_IsRefused()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { Bytes = 100_000, Pixels = 10_000 } });
        var large = new byte[200_000];
        using var bytes = await server.PostFileAsync(large);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, bytes.StatusCode);
        Assert.Contains("--max-bytes", (await TestServer.JsonAsync(bytes))["detail"]!.GetValue<string>(), StringComparison.Ordinal);

        // The same without a length in front.
        using var chunked = new HttpRequestMessage(HttpMethod.Post, "/api/v1/images") { Content = new ByteArrayContent(large) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await server.Client.SendAsync(chunked)).StatusCode);

        // 101 x 100 pixels, in few bytes.
        using var pixels = await server.PostFileAsync(TestPictures.Encode(new ImageBuffer(101, 100, ColorModel.Gray, SampleType.UInt8)));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, pixels.StatusCode);
        Assert.Contains("101 x 100", (await TestServer.JsonAsync(pixels))["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        using var within = await server.PostFileAsync(TestPictures.Encode(new ImageBuffer(100, 100, ColorModel.Gray, SampleType.UInt8)));
        Assert.Equal(HttpStatusCode.Created, within.StatusCode);
    }

    [Fact]
    public async Task Upload_ThatTrickles_IsEnded()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions { Limits = new StudioLimits { UploadTime = TimeSpan.FromSeconds(1) } });
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, server.Server.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/v1/images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nabc"));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer, patience.Token);

        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_OfA16BitImage_IsAn8BitPngOfTheAskedSize()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Encode(TestPictures.Rgb(64, 32).ConvertTo(SampleType.UInt16)));

        using var whole = await server.Client.GetAsync($"/api/v1/images/{image}/preview");
        var small = TestPictures.Decode(await server.Client.GetByteArrayAsync($"/api/v1/images/{image}/preview?max=20"));

        Assert.Equal("image/png", whole.Content.Headers.ContentType?.MediaType);
        var decoded = TestPictures.Decode(await whole.Content.ReadAsByteArrayAsync());
        Assert.Equal(SampleType.UInt8, decoded.SampleType);
        Assert.Equal(TestPictures.Rgb(64, 32).Samples<byte>().ToArray(), decoded.Samples<byte>().ToArray());
        Assert.Equal((20, 10), (small.Width, small.Height));
    }

    [Fact]
    public async Task Delete_OfAnImage_MakesItUnknown()
    {
        await using var server = await TestServer.StartAsync();
        var image = await server.UploadAsync(TestPictures.Png(8, 8));

        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/v1/images/{image}")).StatusCode);

        await server.GetAsync($"/api/v1/images/{image}", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, (await server.Client.DeleteAsync($"/api/v1/images/{image}")).StatusCode);
    }
}
