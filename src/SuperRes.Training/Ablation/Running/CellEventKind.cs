namespace SuperRes.Training.Ablation.Running;

/// <summary>What happened to a cell.</summary>
public enum CellEventKind
{
    /// <summary>This process took it.</summary>
    Started,

    /// <summary>A training step is done.</summary>
    Step,

    /// <summary>Something unusual that does not end it.</summary>
    Warning,

    /// <summary>It is trained and measured.</summary>
    Done,

    /// <summary>It failed; the others go on.</summary>
    Failed,

    /// <summary>Another process took it over, because this one did not answer.</summary>
    Lost,
}
