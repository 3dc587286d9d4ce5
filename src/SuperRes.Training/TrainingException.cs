namespace SuperRes.Training;

/// <summary>A run can't go on. The message says where it stopped, on what, and what to do next.</summary>
public sealed class TrainingException : Exception
{
    /// <summary>With a message for the person who started the run.</summary>
    public TrainingException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public TrainingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Whether the run broke down on its way: the numbers went wrong, the disk is full, an image is gone. Else it could not begin as asked.</summary>
    public bool BrokeDown { get; init; }
}
