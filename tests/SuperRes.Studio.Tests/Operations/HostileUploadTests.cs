using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using SuperRes.Imaging;

namespace SuperRes.Studio.Tests.Operations;

/// <summary>What somebody sends who means harm, or holds a broken disk.</summary>
public sealed class HostileUploadTests
{
    private const int Mutations = 420;
    private const int Bombs = 30;
    private const int WrongTypes = 30;
    private const int SlowSenders = 20;

    [Fact]
    public async Task FiveHundredHostileUploads_LeaveTheServerAnswering()
    {
        await using var server = await TestServer.StartAsync(new StudioOptions
        {
            Limits = new StudioLimits { Pixels = 1_000_000, Bytes = 2 << 20, ResultPixels = 4_000_000, JobTime = TimeSpan.FromSeconds(20), UploadTime = TimeSpan.FromSeconds(2) },
        });
        var slow = Enumerable.Range(0, SlowSenders).Select(_ => TrickleAsync(server.Server.Address.Port)).ToList();
        var random = new Random(20260101);
        var files = Mutated(random).Concat(Enumerable.Range(0, Bombs).Select(Bomb)).Concat(Enumerable.Range(0, WrongTypes).Select(WrongType)).ToList();
        Assert.Equal(500, files.Count + slow.Count);

        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (file, _) => new ValueTask(SendAsync(server, file)));

        Assert.All(await Task.WhenAll(slow), status => Assert.Equal("HTTP/1.1 408", status));
        var image = await server.UploadAsync(TestPictures.Png(20, 20));
        Assert.Equal("done", (await server.RunJobAsync(new { image, model = "bicubic", scale = 2 }))["state"]!.GetValue<string>());
        Assert.Equal("ok\n", await server.Client.GetStringAsync("/healthz"));
        Assert.DoesNotContain("status=\"5", await server.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);
    }

    /// <summary>Uploads; where the header passes for an image, goes on to use it. Every answer is one for a person.</summary>
    private static async Task SendAsync(TestServer server, Hostile file)
    {
        using var content = new ByteArrayContent(file.Bytes);
        content.Headers.TryAddWithoutValidation("Content-Type", file.ContentType);
        content.Headers.TryAddWithoutValidation("X-File-Name", Uri.EscapeDataString(file.Name));
        using var response = await server.Client.PostAsync("/api/v1/images", content);
        var answer = await TestServer.JsonAsync(response);
        if (response.StatusCode != HttpStatusCode.Created)
        {
            Assert.Contains((int)response.StatusCode, (int[])[400, 413, 415, 422]);
            Assert.NotEmpty(answer["detail"]!.GetValue<string>());
            Assert.DoesNotContain(Path.GetTempPath(), answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
            return;
        }

        var image = answer["id"]!.GetValue<string>();
        using var preview = await server.Client.GetAsync($"/api/v1/images/{image}/preview?max=100");
        Assert.Contains((int)preview.StatusCode, (int[])[200, 422]);
        var job = await server.RunJobAsync(new { image, model = "bilinear", scale = 2 });
        var state = job["state"]!.GetValue<string>();
        Assert.Contains(state, (string[])["done", "failed"]);
        Assert.DoesNotContain("log says why", job["error"]?.GetValue<string>() ?? "", StringComparison.Ordinal);
        await server.Client.DeleteAsync($"/api/v1/jobs/{job["id"]}");
        await server.Client.DeleteAsync($"/api/v1/images/{image}");
    }

    /// <summary>Images of every format with bytes changed, cut off, doubled or grown.</summary>
    private static IEnumerable<Hostile> Mutated(Random random)
    {
        var picture = TestPictures.Rgb(48, 40);
        var originals = ImageFormats.Writable.Select(format => (Format: format, File: TestPictures.Encode(picture, format))).ToList();
        for (var i = 0; i < Mutations; i++)
        {
            var (format, original) = originals[i % originals.Count];
            var file = (byte[])original.Clone();
            for (var change = random.Next(1, 20); change > 0; change--)
            {
                // Headers are where it hurts.
                var position = random.Next(random.Next(2) == 0 ? Math.Min(200, file.Length) : file.Length);
                file[position] = random.Next(3) switch { 0 => 0, 1 => 255, _ => (byte)random.Next(256) };
            }

            file = random.Next(5) switch { 0 => file[..random.Next(file.Length)], 1 => [.. file, .. file], _ => file };
            yield return new Hostile(file, $"../../{i}/..\\{format}\0{ImageFormats.Extension(format)}", "application/octet-stream");
        }
    }

    /// <summary>A few bytes that say they are a huge picture, and one that is: black, 30,000 pixels square or less.</summary>
    private static Hostile Bomb(int number)
    {
        var side = number % 3 == 0 ? 30_000 : number % 3 == 1 ? int.MaxValue : 2_000;
        return new Hostile(BlackPng(side, side, rows: Math.Min(side, 2_000)), "bomb.png", "image/png");
    }

    private static Hostile WrongType(int number) => (number % 6) switch
    {
        0 => new Hostile("<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>"u8.ToArray(), "a.svg", "image/svg+xml"),
        1 => new Hostile("%PDF-1.7 1 0 obj"u8.ToArray(), "a.pdf", "application/pdf"),
        2 => new Hostile(Zip(), "a.zip", "application/zip"),
        3 => new Hostile("push graphic-context\nfill 'url(https://127.0.0.1/\"|ls \"-la)'"u8.ToArray(), "a.mvg", "text/plain"),
        4 => new Hostile([], "", "application/octet-stream"),
        _ => new Hostile(TestPictures.Png(4, 4), "a.png", "multipart/form-data; boundary=\"\""),
    };

    private static byte[] Zip()
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        using (var entry = zip.CreateEntry("zeros").Open())
        {
            entry.Write(new byte[1 << 20]);
        }

        return memory.ToArray();
    }

    private static byte[] BlackPng(int width, int height, int rows)
    {
        using var memory = new MemoryStream();
        memory.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        Chunk(memory, "IHDR", header);
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
        {
            var row = new byte[1 + Math.Min(width, 30_000)];
            for (var y = 0; y < rows; y++)
            {
                zlib.Write(row);
            }
        }

        Chunk(memory, "IDAT", data.ToArray());
        Chunk(memory, "IEND", []);
        return memory.ToArray();
    }

    private static void Chunk(Stream stream, string type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        stream.Write(number);
        byte[] body = [.. Encoding.ASCII.GetBytes(type), .. data];
        stream.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32(body));
        stream.Write(number);
    }

    /// <summary>PNG specification, annex D.</summary>
    private static uint Crc32(byte[] data)
    {
        var crc = uint.MaxValue;
        foreach (var value in data)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
            }
        }

        return ~crc;
    }

    /// <summary>Promises a file, sends little of it, and keeps the line open.</summary>
    private static async Task<string> TrickleAsync(int port)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, port);
        var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes("POST /api/v1/images HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000\r\n\r\nabc"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer, patience.Token);
        return Encoding.ASCII.GetString(buffer, 0, Math.Min(count, 12));
    }

    private sealed record Hostile(byte[] Bytes, string Name, string ContentType);
}
