namespace SuperRes.Pixels;

/// <summary>Gives the rows of an image from the top, for images that need not be in memory as a whole. Used by one thread at a time.</summary>
public interface IImageRowSource
{
    /// <summary>Width in pixels, at least 1.</summary>
    int Width { get; }

    /// <summary>Height in pixels, at least 1: the number of rows that come in all.</summary>
    int Height { get; }

    /// <summary>Colour model of the rows.</summary>
    ColorModel Color { get; }

    /// <summary>Sample type of the rows.</summary>
    SampleType SampleType { get; }

    /// <summary>Reads the next rows, exactly as many as asked for unless the image ends; null when there are no more.</summary>
    /// <param name="maxRows">At least 1.</param>
    ImageBuffer? Read(int maxRows);
}
