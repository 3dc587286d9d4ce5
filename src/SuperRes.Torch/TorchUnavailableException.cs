namespace SuperRes.Torch;

/// <summary>libtorch, or the device that was asked for, can't be used here. The message says why and what to do.</summary>
public sealed class TorchUnavailableException : Exception
{
    /// <summary>With a message for the person who asked.</summary>
    public TorchUnavailableException(string message)
        : base(message)
    {
    }

    /// <summary>With a message and its cause.</summary>
    public TorchUnavailableException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
