namespace SuperRes.Networks.Operations;

/// <summary>What a pooling operation keeps.</summary>
public enum PoolKind
{
    /// <summary>The mean.</summary>
    Average,

    /// <summary>The largest value; the first one wins a tie's gradient, in row-major order.</summary>
    Max,
}
