namespace SuperRes.Evaluation.Runs;

/// <summary>Where a run stands.</summary>
public enum RunState
{
    /// <summary>A process is training it.</summary>
    Running,

    /// <summary>It stopped before its last step; <c>superres train --resume</c> goes on.</summary>
    Stopped,

    /// <summary>All steps are done and the final model is written.</summary>
    Finished,
}
