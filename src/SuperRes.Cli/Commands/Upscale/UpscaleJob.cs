using SuperRes.Imaging;

namespace SuperRes.Cli.Commands.Upscale;

/// <summary>One image to make.</summary>
/// <param name="Input">From where.</param>
/// <param name="OutputPath">To where; <c>-</c> is stdout.</param>
/// <param name="Format">The format to write; null keeps the input's, which only reading tells (stdin).</param>
internal sealed record UpscaleJob(InputFile Input, string OutputPath, ImageFormat? Format);
