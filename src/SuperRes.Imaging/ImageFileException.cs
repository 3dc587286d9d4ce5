namespace SuperRes.Imaging;

/// <summary>
/// An image file could not be read or written. The message is one line: what was got, what was expected, what to do
/// next; the cause, where there is one, is the inner exception.
/// </summary>
public sealed class ImageFileException : IOException
{
    /// <summary>Makes the exception.</summary>
    public ImageFileException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
