namespace SuperRes.Engine.Steps;

/// <summary>The shape of what a map is multiplied by.</summary>
internal enum GateKind
{
    /// <summary>The map's own.</summary>
    Full,

    /// <summary>C x 1 x 1.</summary>
    Channel,

    /// <summary>1 x H x W.</summary>
    Spatial,
}
