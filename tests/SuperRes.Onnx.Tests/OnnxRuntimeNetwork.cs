using Microsoft.ML.OnnxRuntime;
using SuperRes.Engine.Reference;
using SuperRes.ModelFiles;
using SuperRes.Networks;

namespace SuperRes.Onnx.Tests;

/// <summary>A written file as ONNX Runtime runs it, on one thread.</summary>
internal sealed class OnnxRuntimeNetwork : IDisposable
{
    public OnnxRuntimeNetwork(Model model, OnnxOptions? options = null)
        : this(Write(stream => OnnxWriter.Write(model, stream, options)))
    {
    }

    public OnnxRuntimeNetwork(Graph graph, Weights weights)
        : this(Write(stream => OnnxWriter.Write(graph, weights, "graph", [], stream, new OnnxOptions())))
    {
    }

    private OnnxRuntimeNetwork(byte[] file)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, InterOpNumThreads = 1, LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        Session = new InferenceSession(file, options);
    }

    public InferenceSession Session { get; }

    public float[] Run(ReferenceMap x)
    {
        using var runOptions = new RunOptions();
        using var input = OrtValue.CreateTensorValueFromMemory(
            Array.ConvertAll(x.Values, value => (float)value), [x.Batch, x.Channels, x.Height, x.Width]);
        using var results = Session.Run(runOptions, ["x"], [input], ["y"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    public void Dispose() => Session.Dispose();

    private static byte[] Write(Action<Stream> write)
    {
        using var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }
}
