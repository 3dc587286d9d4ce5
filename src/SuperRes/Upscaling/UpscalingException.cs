namespace SuperRes.Upscaling;

/// <summary>
/// An image can't be enlarged as asked: a method nobody knows, a size that the method does not make. The message says
/// what was got, what was expected and what to do next, in words for the person who asked.
/// </summary>
public sealed class UpscalingException(string message, Exception? innerException = null) : Exception(message, innerException);
