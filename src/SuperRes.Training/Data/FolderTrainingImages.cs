using SuperRes.Imaging;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Training.Recipes;
using SuperRes.Upscaling;

namespace SuperRes.Training.Data;

/// <summary>
/// Training images from folders. Low-resolution images are read where the folder has them at the network's scale (and the
/// recipe does not shrink), else made as the literature makes them. Decoded images are cached up to a limit.
/// </summary>
public sealed class FolderTrainingImages : ITrainingImages
{
    private readonly IReadOnlyList<TrainingFile> _files;
    private readonly ImageCache _cache;
    private readonly DecodeGarbage _garbage = new();
    private readonly int _scale;

    private FolderTrainingImages(IReadOnlyList<TrainingFile> files, IReadOnlyList<int> targetScales, long cacheBytes)
    {
        _files = files;
        _scale = targetScales[0];
        _cache = new ImageCache(Decode, cacheBytes);
        TargetScales = targetScales;
        Sizes = [.. files.Select(LowResolutionSize)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<(int Width, int Height)> Sizes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> TargetScales { get; }

    /// <summary>The files, in the order of their indices.</summary>
    public IReadOnlyList<string> Paths => [.. _files.Select(file => file.Path)];

    /// <summary>Opens the folders of a recipe; only names and headers are read here.</summary>
    /// <param name="options">The folders.</param>
    /// <param name="targetScales">The scales of the network's outputs, the main one first.</param>
    /// <param name="smallestPatch">Images whose low-resolution version is smaller than this can't be used.</param>
    /// <exception cref="Imaging.Data.DatasetException">A folder is missing or has no images.</exception>
    /// <exception cref="RecipeException">An image is too small for the patches.</exception>
    public static FolderTrainingImages Open(DataOptions options, IReadOnlyList<int> targetScales, int smallestPatch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(targetScales);
        var images = new FolderTrainingImages(
            [.. options.Train.SelectMany(source => Files(source, targetScales[0]))], targetScales, options.CacheMegabytes * 1_000_000L);
        for (var i = 0; i < images.Sizes.Count; i++)
        {
            var (width, height) = images.Sizes[i];
            if (Math.Min(width, height) < smallestPatch)
            {
                throw new RecipeException(
                    $"'{images._files[i].Path}' is {width}x{height} at low resolution, and the recipe cuts patches of {smallestPatch}x{smallestPatch}. Leave it out, or use smaller patches.");
            }
        }

        return images;
    }

    /// <inheritdoc/>
    public TrainingImage Get(int index) => _cache.Get(index);

    private static IEnumerable<TrainingFile> Files(DataSource source, int scale)
    {
        foreach (var folder in DatasetFolder.OpenAll(source.Path))
        {
            var chosen = folder.Select(source.Names, source.First == 0 ? null : source.First);
            var lowResolution = source.Shrink == 1 ? folder.FindTrack(scale) : null;
            foreach (var image in Share([.. chosen.Images.Where(image => !source.Except.Contains(image.Name))], source.Fraction))
            {
                yield return new TrainingFile(image.Path, lowResolution?.FindImage(image), source.Shrink);
            }
        }
    }

    /// <summary>Evenly spread; at least one. The last of each run of images is taken, so that a half of a half lies in the half.</summary>
    private static IEnumerable<T> Share<T>(IReadOnlyList<T> images, double fraction)
    {
        var count = Math.Max(1, (int)Math.Round(images.Count * fraction));
        return Enumerable.Range(1, images.Count == 0 ? 0 : count).Select(i => images[(int)((long)i * images.Count / count) - 1]);
    }

    private (int Width, int Height) LowResolutionSize(TrainingFile file)
    {
        var header = ImageFile.ReadHeader(file.Path);
        return (Shrunk(header.Width, file.Shrink) / _scale, Shrunk(header.Height, file.Shrink) / _scale);
    }

    private TrainingImage Decode(int index)
    {
        var file = _files[index];
        var image = Rgb8(ImageFile.Read(file.Path).Pixels);
        _garbage.Add(image.Samples<byte>().Length);
        if (file.Shrink != 1)
        {
            image = MatlabResize.ToSize(image, Shrunk(image.Width, file.Shrink), Shrunk(image.Height, file.Shrink), OneThread);
        }

        image = Degradation.CropToMultiple(image, _scale);
        var low = file.LowResolutionPath is null
            ? Degradation.Degrade(image, _scale, maxThreads: 1)
            : Rgb8(ImageFile.Read(file.LowResolutionPath).Pixels);
        if (low.Width != image.Width / _scale || low.Height != image.Height / _scale)
        {
            throw new Imaging.Data.DatasetException(
                $"'{file.LowResolutionPath}' is {low.Width}x{low.Height}, and '{Path.GetFileName(file.Path)}' at x{_scale} makes {image.Width / _scale}x{image.Height / _scale}. Run: superres data check");
        }

        return new TrainingImage(Path.GetFileName(file.Path), low, [.. TargetScales.Select(scale => Target(image, low, scale))]);
    }

    private ImageBuffer Target(ImageBuffer image, ImageBuffer low, int scale) =>
        scale == _scale ? image : MatlabResize.ToSize(image, low.Width * scale, low.Height * scale, OneThread);

    // Sources are shrunk before anything else, so fractions of a pixel are dropped.
    private static int Shrunk(int length, double shrink) => Math.Max(1, (int)(length / shrink));

    private static ResizeOptions OneThread => ResizeOptions.Default with { MaxThreads = 1 };

    private static ImageBuffer Rgb8(ImageBuffer image)
    {
        var color = image.HasAlpha ? ColorChannels.SplitAlpha(image).Color : image;
        return (color.Color == ColorModel.Gray ? ColorChannels.Replicate(color) : color).ConvertTo(SampleType.UInt8, maxThreads: 1);
    }
}
