using SuperRes.Upscaling;

namespace SuperRes.Studio.Models;

/// <summary>A method in use; disposing hands it back.</summary>
internal sealed class ModelLoan(LoadedModel model) : IDisposable
{
    private LoadedModel? _model = model;

    public Upscaler Upscaler { get; } = model.Upscaler;

    public void Dispose() => Interlocked.Exchange(ref _model, null)?.Drop();
}
