namespace SuperRes.Networks;

/// <summary>
/// What a node of a <see cref="Graph"/> computes. Operations are plain data: the engine, the trainer, the ONNX writer
/// and the analyser each walk the graph and switch on the record's type.
/// Feature maps are N, C, H, W in the definitions, whatever order a walker stores them in.
/// </summary>
public abstract record Operation
{
    /// <summary>How many inputs a node with this operation has.</summary>
    public virtual int InputCount => 1;

    /// <summary>The parameters, in the order a summary lists them.</summary>
    public virtual IReadOnlyList<Parameter> Parameters => [];

    /// <summary>The result's shape.</summary>
    /// <exception cref="GraphException">The inputs' shapes don't fit the operation.</exception>
    public abstract FeatureShape Infer(ReadOnlySpan<FeatureShape> inputs);

    /// <summary>The operation's name in summaries: <c>Conv2d</c>.</summary>
    public string Kind => GetType().Name;
}
