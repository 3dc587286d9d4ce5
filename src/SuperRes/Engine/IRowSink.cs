namespace SuperRes.Engine;

/// <summary>
/// Takes the rows of a result from the engine. Called from several threads at once, each row once. Rows come in strips
/// from the top: all of a strip have come before the next one begins; within a strip their order is open.
/// </summary>
internal interface IRowSink
{
    /// <summary>Row y is done: W, C of RGB around [0, 1], not clipped. The span is not valid after the call.</summary>
    void Write(int y, ReadOnlySpan<float> row);
}
