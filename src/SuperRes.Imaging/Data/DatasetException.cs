namespace SuperRes.Imaging.Data;

/// <summary>
/// A data set can't be fetched, read or used as it is. The message is one line for a person: what was got, what was
/// expected and what to do next.
/// </summary>
public sealed class DatasetException : Exception
{
    /// <summary>Makes an exception with a message for a person.</summary>
    public DatasetException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception with a message for a person and the fault behind it.</summary>
    public DatasetException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
