// Enlarges a PPM image four times: arrays in, arrays out, in one native program without .NET or any other library.
// dotnet publish samples/code/UpscaleAot -p:PublishAot=true
using SuperRes.Pixels;
using SuperRes.Samples;
using SuperRes.Upscaling;

if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: UpscaleAot INPUT.ppm OUTPUT.ppm [METHOD or MODEL.safetensors]");
    return 2;
}

try
{
    var (width, height, samples) = Ppm.Read(args[0]);
    using var upscaler = Upscaler.Load(args.Length > 2 ? args[2] : "bicubic");
    var large = upscaler.Upscale(ImageBuffer.FromSamples(width, height, ColorModel.Rgb, samples), scale: 4);
    Ppm.Write(args[1], large.Width, large.Height, large.Samples<byte>());
    Console.WriteLine($"{args[1]}: {large.Width}x{large.Height}");
    return 0;
}
// The last: the result is larger than a buffer can be.
catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException or UpscalingException or NotSupportedException)
{
    Console.Error.WriteLine(exception.Message);
    return 1;
}
