using SuperRes.Evaluation;

namespace SuperRes.Tests.Evaluation;

/// <summary>A data set in memory; a null pair can't be read.</summary>
internal sealed class FakeSet(string name, params (string Name, EvaluationPair? Pair)[] images) : IEvaluationSet
{
    public string Name => name;

    public IReadOnlyList<string> ImageNames { get; } = [.. images.Select(image => image.Name)];

    public int Loads { get; private set; }

    public EvaluationPair Load(int index, int scale, CancellationToken cancellationToken = default)
    {
        Loads++;
        return images[index].Pair ?? throw new IOException($"'{images[index].Name}.png' is not an image.");
    }
}
