namespace SuperRes.Training.TensorFiles;

/// <summary>The few names that a pickle of tensors may use. None is ever looked up or run: each only says how to read what follows.</summary>
internal enum PickleGlobal
{
    /// <summary><c>collections.OrderedDict</c>.</summary>
    OrderedDict,

    /// <summary><c>torch._utils._rebuild_tensor</c> or <c>_rebuild_tensor_v2</c>: storage, offset, shape, strides.</summary>
    RebuildTensor,

    /// <summary><c>torch._utils._rebuild_parameter</c>: a tensor and what training knows of it.</summary>
    RebuildParameter,

    /// <summary><c>torch.FloatStorage</c>.</summary>
    Float32,

    /// <summary><c>torch.HalfStorage</c>.</summary>
    Float16,

    /// <summary><c>torch.BFloat16Storage</c>.</summary>
    BFloat16,

    /// <summary><c>torch.DoubleStorage</c>.</summary>
    Float64,

    /// <summary><c>torch.LongStorage</c>: batch norm's counters, which are skipped.</summary>
    Int64,
}
