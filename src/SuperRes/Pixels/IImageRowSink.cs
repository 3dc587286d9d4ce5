namespace SuperRes.Pixels;

/// <summary>Takes the rows of an image from the top. Used by one thread at a time.</summary>
public interface IImageRowSink
{
    /// <summary>Takes the next rows. The buffer is the caller's, who may change it after the call.</summary>
    void Write(ImageBuffer rows);
}
