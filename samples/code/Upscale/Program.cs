// Enlarges an image file four times off the calling thread, shows how far it is, and stops at Ctrl-C.
// dotnet run -c Release --project samples/code/Upscale -- photo.jpg photo-x4.jpg [method or model file]
using SuperRes.Imaging;
using SuperRes.Upscaling;

if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: Upscale INPUT OUTPUT [METHOD]");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, pressed) =>
{
    pressed.Cancel = true;
    stop.Cancel();
};

// Reports come from the working threads; Progress<T> passes them on through the thread pool here, so a late one may be printed last.
var progress = new Progress<double>(share => Console.Error.Write($"\r{share:P0} "));
try
{
    var photo = ImageFile.Read(args[0], cancellationToken: stop.Token);
    using var upscaler = Upscaler.Load(args.Length > 2 ? args[2] : "bicubic");
    var large = await upscaler.UpscaleAsync(photo.Pixels, scale: 4, progress: progress, cancellationToken: stop.Token);
    foreach (var note in ImageFile.Write(args[1], large, photo.Metadata, cancellationToken: stop.Token))
    {
        Console.Error.WriteLine(note);
    }

    Console.WriteLine($"{args[1]}: {large.Width}x{large.Height}");
    return 0;
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("Stopped; nothing was written.");
    return 130;
}
// The last: the result is larger than a buffer can be.
catch (Exception exception) when (exception is ImageFileException or UpscalingException or NotSupportedException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
