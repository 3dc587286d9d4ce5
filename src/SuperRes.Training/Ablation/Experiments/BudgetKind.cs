namespace SuperRes.Training.Ablation.Experiments;

/// <summary>What is equal between the variants of a network.</summary>
public enum BudgetKind
{
    /// <summary>Optimiser steps.</summary>
    Steps,

    /// <summary>Time of training: a variant whose step takes longer, as measured when the experiment is planned, gets fewer.</summary>
    Time,

    /// <summary>Multiply-accumulates: a variant with more of them per step gets fewer steps.</summary>
    Macs,
}
