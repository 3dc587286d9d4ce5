namespace SuperRes.Studio.Models;

internal enum ModelKind
{
    Classical,
    Network,
}
