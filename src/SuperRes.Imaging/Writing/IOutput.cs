namespace SuperRes.Imaging.Writing;

/// <summary>Where an encoder writes, so that nobody sees the result before it is whole.</summary>
internal interface IOutput : IDisposable
{
    /// <summary>Seekable, readable and writable; empty at first.</summary>
    Stream Stream { get; }

    /// <summary>Hands the finished result over.</summary>
    /// <exception cref="ImageFileException">It can't be put where it belongs.</exception>
    void Commit();
}
