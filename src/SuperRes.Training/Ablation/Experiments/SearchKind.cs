namespace SuperRes.Training.Ablation.Experiments;

/// <summary>How a search spends its trials.</summary>
public enum SearchKind
{
    /// <summary>Every trial is trained to the end (Bergstra and Bengio 2012).</summary>
    Random,

    /// <summary>
    /// Trials go on in rungs; after each, only the best go on to the next, with more steps (Jamieson and Talwalkar 2016).
    /// </summary>
    Halving,
}
