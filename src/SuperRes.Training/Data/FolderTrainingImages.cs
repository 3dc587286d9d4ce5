using SuperRes.Imaging;
using SuperRes.Imaging.Data;
using SuperRes.Imaging.Data.Folders;
using SuperRes.Imaging.Data.Preparation;
using SuperRes.Pixels;
using SuperRes.Resampling;
using SuperRes.Training.Recipes;
using SuperRes.Upscaling;

namespace SuperRes.Training.Data;

/// <summary>
/// Training images from folders. Low-resolution images are read where the folder has them at the network's scale (and the
/// recipe does not shrink), else made as the literature makes them; none where the recipe degrades its patches one by one.
/// Decoded images are cached up to a limit.
/// </summary>
public sealed class FolderTrainingImages : ITrainingImages
{
    private readonly IReadOnlyList<TrainingFile> _files;
    private readonly ImageCache _cache;
    private readonly DecodeGarbage _garbage = new();
    private readonly int _scale;
    private readonly bool _isDegraded;

    private FolderTrainingImages(IReadOnlyList<TrainingFile> files, IReadOnlyList<int> targetScales, bool isDegraded, long cacheBytes)
    {
        (_files, _scale, _isDegraded) = (files, targetScales[0], isDegraded);
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

    /// <summary>The low-resolution files that are read and not made, in the order of their images.</summary>
    public IReadOnlyList<string> LowResolutionPaths => [.. _files.Select(file => file.LowResolution?.Path).OfType<string>()];

    /// <summary>Opens the folders of a recipe; only names and headers are read here, and the pixels of what has alpha.</summary>
    /// <param name="options">The folders.</param>
    /// <param name="targetScales">The scales of the network's outputs, the main one first.</param>
    /// <param name="smallestPatch">Images whose low-resolution version is smaller than this can't be used.</param>
    /// <exception cref="DatasetException">A folder is missing or has no images, a name chooses or leaves out nothing, an image has transparent pixels, or a low-resolution image has the wrong size.</exception>
    /// <exception cref="RecipeException">An image is too small for the patches.</exception>
    public static FolderTrainingImages Open(DataOptions options, IReadOnlyList<int> targetScales, int smallestPatch)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(targetScales);
        TrainingFile[] files = [.. options.Train.SelectMany(source => Files(source, targetScales[0]))];
        if (files.Length == 0)
        {
            throw new DatasetException($"No training image is left of {string.Join(", ", options.Train.Select(source => $"'{source.Path}'"))}: all are left out by \"except\". Leave out fewer.");
        }

        var images = new FolderTrainingImages(files, targetScales, options.Degradation is not null, options.CacheMegabytes * 1_000_000L);
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
        var folder = DatasetFolder.Open(source.Path);
        if (PreparationJournal.IsIn(folder.Root))
        {
            throw new DatasetException($"'{source.Path}' is being prepared, or was not to the end: images are missing. Run superres data prepare again.");
        }

        string[] names = [.. folder.Images.Select(image => image.Name)];
        if (source.Except.FirstOrDefault(name => !names.Contains(name)) is { } unknown)
        {
            throw new DatasetException($"'{source.Path}' has no image '{unknown}' for \"except\" to leave out{(NearestName.Hint(unknown, names) is { Length: > 0 } hint ? hint : ".")} Names are written without the file's extension.");
        }

        var chosen = folder.Select(source.Names, source.First == 0 ? null : source.First);
        var lowResolution = source.Shrink == 1 ? folder.FindTrack(scale) : null;
        return Share([.. chosen.Images.Where(image => !source.Except.Contains(image.Name))], source.Fraction)
            .Select(image => new TrainingFile(image.Path, lowResolution is null ? null : PairedImage.Find(folder, image, lowResolution), source.Shrink));
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
        ThrowIfTransparent(header, file.Path);
        if (file.LowResolution is { } published && published.Check(header.Width, header.Height) is var low && !_isDegraded)
        {
            ThrowIfTransparent(low, published.Path);
        }

        return (Shrunk(header.Width, file.Shrink) / _scale, Shrunk(header.Height, file.Shrink) / _scale);
    }

    /// <summary>Now, and not hours into the run: of a file that has alpha, the pixels must be looked at.</summary>
    private static void ThrowIfTransparent(ImageHeader header, string path)
    {
        if (header.Color is ColorModel.GrayAlpha or ColorModel.Rgba)
        {
            _ = OpaqueImage.Of(ImageFile.Read(path).Pixels, path);
        }
    }

    private TrainingImage Decode(int index)
    {
        var file = _files[index];
        var image = Rgb8(ImageFile.Read(file.Path).Pixels, file.Path);
        _garbage.Add(image.Samples<byte>().Length);
        if (file.Shrink != 1)
        {
            image = MatlabResize.ToSize(image, Shrunk(image.Width, file.Shrink), Shrunk(image.Height, file.Shrink), OneThread);
        }

        var published = _isDegraded || file.LowResolution is not { } pair ? null : Rgb8(pair.Read(image.Width, image.Height), pair.Path);
        image = Degradation.CropToMultiple(image, _scale);
        var low = _isDegraded ? null : published ?? Degradation.Degrade(image, _scale, maxThreads: 1);
        return new TrainingImage(Path.GetFileName(file.Path), low, [.. TargetScales.Select(scale => Target(image, scale))]);
    }

    private ImageBuffer Target(ImageBuffer image, int scale) =>
        scale == _scale ? image : MatlabResize.ToSize(image, image.Width / _scale * scale, image.Height / _scale * scale, OneThread);

    // Sources are shrunk before anything else, so fractions of a pixel are dropped.
    private static int Shrunk(int length, double shrink) => Math.Max(1, (int)(length / shrink));

    private static ResizeOptions OneThread => ResizeOptions.Default with { MaxThreads = 1 };

    private static ImageBuffer Rgb8(ImageBuffer image, string path)
    {
        var color = OpaqueImage.Of(image, path);
        var rgb = color.Color == ColorModel.Gray ? ColorChannels.Replicate(color) : color;
        return rgb.ConvertTo(SampleType.UInt8, maxThreads: 1);
    }
}
