using SuperRes.Training.Losses;
using TorchSharp;
using Tensor = TorchSharp.torch.Tensor;

namespace SuperRes.Torch.Execution;

/// <summary>The losses on pixels as operations of libtorch, with its gradients.</summary>
internal static class PixelLossTensors
{
    public static bool Has(PixelLoss loss) => loss is L1Loss or MseLoss or CharbonnierLoss;

    /// <summary>The weighted mean over all values.</summary>
    public static Tensor Evaluate(PixelLoss loss, Tensor output, Tensor target)
    {
        var difference = output.sub(target);
        var values = loss switch
        {
            L1Loss => difference.abs(),
            MseLoss => difference.square(),
            CharbonnierLoss charbonnier => difference.square().add(charbonnier.Epsilon * charbonnier.Epsilon).sqrt(),
            _ => throw new ArgumentException($"The loss '{loss.Kind}' is not known to SuperRes.Torch."),
        };
        return values.mean().mul(loss.Weight);
    }
}
