namespace SuperRes.ModelFiles;

/// <summary>
/// A model can't be read or written, or there is none of that name. The message is for the person who named the file:
/// what was got, what was expected and what to do next.
/// </summary>
public sealed class ModelFileException(string message, Exception? innerException = null) : Exception(message, innerException);
