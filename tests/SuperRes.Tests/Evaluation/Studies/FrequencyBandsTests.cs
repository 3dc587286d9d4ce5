using SuperRes.Evaluation.Studies;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class FrequencyBandsTests
{
    // One basis function of the DCT-II over a block: cos(π (x + 1/2) u / 32) has a mean square of 1/2.
    [Theory]
    [InlineData(0, 5, 0)]
    [InlineData(7, 0, 0)]
    [InlineData(8, 3, 1)]
    [InlineData(2, 16, 2)]
    [InlineData(31, 31, 3)]
    public void Measure_OneFrequency_LiesInItsBand(int horizontal, int vertical, int band)
    {
        var error = Plane(64, 32, (x, y) => 4 * Wave(x, horizontal) * Wave(y, vertical));

        var errors = FrequencyBands.Measure(error, new float[error.Length], 64, shave: 0);

        var mean = 16.0 * (horizontal == 0 ? 1 : 0.5) * (vertical == 0 ? 1 : 0.5);
        Assert.Equal(Math.Sqrt(mean), errors[band], 1e-5);
        Assert.All(errors.Where((_, i) => i != band), other => Assert.Equal(0, other, 1e-5));
    }

    [Fact]
    public void Measure_AnyError_AddsUpToTheMeanSquare()
    {
        var random = new Random(3);
        var (result, reference) = (Plane(96, 64, (_, _) => random.Next(256)), Plane(96, 64, (_, _) => random.Next(256)));

        var errors = FrequencyBands.Measure(result, reference, 96, shave: 0);

        var mean = result.Zip(reference, (a, b) => (double)(a - b) * (a - b)).Average();
        Assert.Equal(mean, errors.Sum(error => error * error), 1e-6 * mean);
    }

    [Fact]
    public void Measure_Offset_IsAllInTheLowestBand() =>
        Assert.Equal([3, 0, 0, 0], FrequencyBands.Measure(Plane(40, 40, (_, _) => 103), Plane(40, 40, (_, _) => 100), 40, shave: 4).Select(error => Math.Round(error, 9)));

    [Fact]
    public void Measure_SmallerThanABlock_IsZero() =>
        Assert.Equal([0, 0, 0, 0], FrequencyBands.Measure(new float[900], new float[900], 30, shave: 0));

    private static double Wave(int x, int frequency) => Math.Cos(Math.PI * (x + 0.5) * frequency / FrequencyBands.Block);

    private static float[] Plane(int width, int height, Func<int, int, double> value) =>
        [.. Enumerable.Range(0, width * height).Select(i => (float)value(i % width, i / width))];
}
