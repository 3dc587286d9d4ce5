namespace SuperRes.Engine;

/// <summary>Gives the rows of an image to the engine. Called from several threads at once, each row once, roughly in order.</summary>
internal interface IRowSource
{
    /// <summary>Fills row y: W, C of RGB in [0, 1].</summary>
    void Read(int y, Span<float> row);
}
