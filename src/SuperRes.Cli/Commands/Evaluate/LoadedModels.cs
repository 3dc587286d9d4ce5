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
    public static LoadedModels Load(IReadOnlyList<string> names, MethodOptions methodOptions, bool selfEnsemble)
    {
        var loaded = new LoadedModels();
        try
        {
            foreach (var name in names)
            {
                loaded._upscalers.Add(MethodNames.Load(name, methodOptions));
            }

            // Two files may hold the same network: then the names that the user typed tell them apart.
            var options = new UpscaleOptions { SelfEnsemble = selfEnsemble };
            var areUnique = loaded._upscalers.DistinctBy(upscaler => upscaler.Method.Name, StringComparer.Ordinal).Count() == names.Count;
            loaded.Models = [.. loaded._upscalers.Zip(names, (upscaler, name) => EvaluationModel.From(upscaler, options, areUnique ? null : name))];
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
