using Microsoft.ML.OnnxRuntime;
using SuperRes.ModelFiles;
using SuperRes.Onnx;

namespace SuperRes.Benchmarks.Engine;

/// <summary>The same network in ONNX Runtime: its exported file, all optimisations, memory bound once.</summary>
internal sealed class OnnxRuntimePeer : IDisposable
{
    private static readonly string[] Inputs = ["x"];
    private static readonly string[] Outputs = ["y"];

    private readonly InferenceSession _session;
    private readonly OrtValue _input;
    private readonly OrtValue _output;
    private readonly RunOptions _options = new();

    public OnnxRuntimePeer(Model model, int height, int width, int threads)
    {
        using var file = new MemoryStream();
        OnnxWriter.Write(model, file);
        using var settings = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        _session = new InferenceSession(file.ToArray(), settings);
        var scale = model.Options.Scale;
        Input = new float[3 * height * width];
        Output = new float[3 * scale * height * scale * width];
        _input = OrtValue.CreateTensorValueFromMemory(Input, [1, 3, height, width]);
        _output = OrtValue.CreateTensorValueFromMemory(Output, [1, 3, scale * height, scale * width]);
    }

    /// <summary>C, H, W.</summary>
    public float[] Input { get; }

    /// <summary>C, sH, sW.</summary>
    public float[] Output { get; }

    public void Run() => _session.Run(_options, Inputs, [_input], Outputs, [_output]);

    public void Dispose()
    {
        _output.Dispose();
        _input.Dispose();
        _options.Dispose();
        _session.Dispose();
    }
}
