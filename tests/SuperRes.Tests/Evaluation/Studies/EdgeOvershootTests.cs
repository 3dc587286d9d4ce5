using SuperRes.Evaluation.Studies;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class EdgeOvershootTests
{
    private const int Width = 20;

    [Fact]
    public void Measure_HaloBesideAStep_IsItsHeightOverTheJudgedPixels()
    {
        // A step from 50 to 150 between columns 9 and 10: with radius 2, columns 8 to 11 see both sides. The result has
        // 12 too much in column 10 and 6 too little in column 9, so over 4 columns 12/4 and 6/4.
        var reference = Plane((x, _) => x < 10 ? 50 : 150);
        var result = Plane((x, _) => x switch { 9 => 44, 10 => 162, < 10 => 50, _ => 150 });

        var (over, under) = EdgeOvershoot.Measure(result, reference, Width, radius: 2, shave: 0);

        Assert.Equal(3, over, 1e-9);
        Assert.Equal(1.5, under, 1e-9);
    }

    [Fact]
    public void Measure_Blur_HasNone()
    {
        var reference = Plane((x, _) => x < 10 ? 50 : 150);
        var result = Plane((x, _) => Math.Clamp(50 + ((x - 7) * 18), 50, 150));

        Assert.Equal((0, 0), EdgeOvershoot.Measure(result, reference, Width, radius: 2, shave: 0));
    }

    [Fact]
    public void Measure_WeakEdge_IsNotJudged()
    {
        var reference = Plane((x, _) => x < 10 ? 50 : 50 + EdgeOvershoot.StrongEdge - 1);

        Assert.Equal((0, 0), EdgeOvershoot.Measure(Plane((_, _) => 255), reference, Width, radius: 2, shave: 0));
    }

    [Fact]
    public void Measure_HorizontalEdge_IsSeenToo()
    {
        // Rows 4 and 5 see both sides with radius 1; both overshoot by 10 where the result is 160 (row 5), and not in row 4.
        var reference = Plane((_, y) => y < 5 ? 0 : 150);
        var result = Plane((_, y) => y < 5 ? 0 : 160);

        Assert.Equal(5, EdgeOvershoot.Measure(result, reference, Width, radius: 1, shave: 0).Over, 1e-9);
    }

    [Fact]
    public void Measure_Shaved_JudgesTheInside()
    {
        // The halo lies in the border that is left out.
        var reference = Plane((x, _) => x < 1 ? 0 : 200);
        var result = Plane((x, _) => x < 1 ? 0 : x == 1 ? 220 : 200);

        Assert.Equal(0, EdgeOvershoot.Measure(result, reference, Width, radius: 2, shave: 2).Over);
        Assert.True(EdgeOvershoot.Measure(result, reference, Width, radius: 2, shave: 0).Over > 0);
    }

    private static float[] Plane(Func<int, int, float> value) => [.. Enumerable.Range(0, Width * 10).Select(i => value(i % Width, i / Width))];
}
