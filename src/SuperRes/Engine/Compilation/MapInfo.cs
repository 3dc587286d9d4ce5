using SuperRes.Networks;

namespace SuperRes.Engine.Compilation;

/// <summary>A map of a compiled network: the result of a graph node, or something that a step makes beside its result.</summary>
/// <param name="Node">The node whose result it holds, and the node whose step makes it.</param>
/// <param name="IsExtra">Whether it is made beside the node's result; then the step knows its size.</param>
internal readonly record struct MapInfo(Node Node, bool IsExtra);
