namespace SuperRes.Studio.Models;

/// <summary>A method that images can be enlarged with.</summary>
/// <param name="Name">Names it in requests.</param>
/// <param name="Label">What to show.</param>
/// <param name="Kind">classical or network.</param>
/// <param name="Scales">The scales that it makes itself; null for any. Networks are reduced to what lies between.</param>
/// <param name="Parameters">Trained parameters.</param>
/// <param name="Attention">Whether it has attention to look at.</param>
internal sealed record ModelView(string Name, string Label, ModelKind Kind, IReadOnlyList<int>? Scales, long Parameters, bool Attention);
