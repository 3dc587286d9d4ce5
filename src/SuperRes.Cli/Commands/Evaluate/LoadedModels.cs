using SuperRes.Evaluation;
using SuperRes.Upscaling;

namespace SuperRes.Cli.Commands.Evaluate;

/// <summary>The models of one evaluation, disposed together.</summary>
internal sealed class LoadedModels : IDisposable
{
    private readonly List<Upscaler> _upscalers = [];

    private LoadedModels()
    {
    }

    public IReadOnlyList<EvaluationModel> Models { get; private set; } = [];

    /// <exception cref="CommandLine.CommandException">A name is no model's.</exception>
    public static LoadedModels Load(IEnumerable<string> names, MethodOptions options, bool selfEnsemble)
    {
        var loaded = new LoadedModels();
        try
        {
            foreach (var name in names)
            {
                loaded._upscalers.Add(MethodNames.Load(name, options));
            }

            loaded.Models = [.. loaded._upscalers.Select(upscaler => EvaluationModel.From(upscaler, new UpscaleOptions { SelfEnsemble = selfEnsemble }))];
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        foreach (var upscaler in _upscalers)
        {
            upscaler.Dispose();
        }
    }
}
