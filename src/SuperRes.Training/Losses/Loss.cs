using System.Text.Json.Serialization;

namespace SuperRes.Training.Losses;

/// <summary>One of the losses that a recipe adds up.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(L1Loss), "l1")]
[JsonDerivedType(typeof(MseLoss), "mse")]
[JsonDerivedType(typeof(CharbonnierLoss), "charbonnier")]
[JsonDerivedType(typeof(VggLoss), "vgg")]
[JsonDerivedType(typeof(FeatureMatchingLoss), "features")]
[JsonDerivedType(typeof(AdversarialLoss), "adversarial")]
public abstract record Loss
{
    /// <summary>Factor of this loss in the sum.</summary>
    public double Weight { get; init; } = 1;

    /// <summary>What the records call it: its <c>kind</c>.</summary>
    [JsonIgnore]
    public abstract string Kind { get; }

    /// <summary>Every fault, in words.</summary>
    public virtual IEnumerable<string> Validate()
    {
        if (!(Weight > 0 && double.IsFinite(Weight)))
        {
            yield return FormattableString.Invariant($"weight is {Weight}, expected above 0");
        }
    }
}
