namespace SuperRes.Training.Ablation.Running;

/// <summary>Who works on a cell: one claim file.</summary>
/// <param name="Owner">Unique to the process that wrote it.</param>
/// <param name="Machine">The machine, as <see cref="MachineIdentity"/> has it.</param>
/// <param name="ProcessId">The process on that machine.</param>
/// <param name="ProcessStart">When that process started, as <see cref="Running.ProcessStart"/> has it.</param>
/// <param name="Beat">Counts up while the owner lives.</param>
/// <param name="Released">Whether the owner is done with the cell, for better or worse.</param>
internal sealed record ClaimRecord(string Owner, string Machine, int ProcessId, long ProcessStart, long Beat, bool Released = false);
