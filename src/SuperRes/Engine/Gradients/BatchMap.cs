using SuperRes.Engine.Memory;

namespace SuperRes.Engine.Gradients;

/// <summary>A batch of feature maps in memory: N, H, W, C, no padding. It may share its memory with others.</summary>
internal sealed unsafe class BatchMap(NativeBuffer memory, int count, int height, int width, int channels)
{
    public NativeBuffer Memory => memory;

    public float* Pointer => memory.Pointer;

    public int Count => count;

    public int Height => height;

    public int Width => width;

    public int Channels => channels;

    /// <summary>Floats of one row of pixels.</summary>
    public nint RowLength => (nint)width * channels;

    /// <summary>Floats of one image.</summary>
    public nint ImageLength => height * RowLength;

    /// <summary>Floats in all.</summary>
    public nint Length => count * ImageLength;

    /// <summary>Pixels of the whole batch.</summary>
    public int Pixels => checked(count * height * width);

    public float* Image(int n) => Pointer + (n * ImageLength);

    /// <summary>The pixels of the whole batch as one row of one image: what a layer without a window may see.</summary>
    public BatchMap AsOneRow() => new(memory, 1, 1, Pixels, channels);
}
