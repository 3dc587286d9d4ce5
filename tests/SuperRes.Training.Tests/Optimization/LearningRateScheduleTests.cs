using SuperRes.Training.Optimization;

namespace SuperRes.Training.Tests.Optimization;

public sealed class LearningRateScheduleTests
{
    [Theory]
    [InlineData(1, 1e-4)]
    [InlineData(200, 1e-4)]
    [InlineData(201, 5e-5)]
    [InlineData(401, 2.5e-5)]
    public void At_OfStepDecay_HalvesEvery200(long step, double expected) =>
        Assert.Equal(expected, new StepDecaySchedule { Initial = 1e-4, Every = 200 }.At(step, 1000), 1e-12);

    [Theory]
    [InlineData(1, 2e-3)]
    [InlineData(51, 1.1e-3)]
    [InlineData(101, 2e-4)]
    [InlineData(26, 2e-4 + (1.8e-3 * 0.85355339))]
    public void At_OfCosine_FollowsHalfACosine(long step, double expected) =>
        Assert.Equal(expected, new CosineSchedule { Initial = 2e-3, Final = 2e-4 }.At(step, 101), 1e-9);

    [Theory]
    [InlineData(1, 0.25e-3)]
    [InlineData(3, 0.75e-3)]
    [InlineData(4, 1e-3)]
    [InlineData(5, 1e-3)]
    public void At_DuringWarmUp_RisesLinearly(long step, double expected) =>
        Assert.Equal(expected, new ConstantSchedule { Initial = 1e-3, WarmUp = 4 }.At(step, 10), 1e-12);

    [Fact]
    public void Stretch_ToAThird_MovesWarmUpAndDropsWithTheRun()
    {
        Assert.Equal(new StepDecaySchedule { Initial = 1e-3, WarmUp = 100, Every = 200 }, new StepDecaySchedule { Initial = 1e-3, WarmUp = 300, Every = 600 }.Stretch(1 / 3.0));
        Assert.Equal(new CosineSchedule { Initial = 1e-3, WarmUp = 300 }, new CosineSchedule { Initial = 1e-3, WarmUp = 300 }.Stretch(1));
        Assert.Equal(new StepDecaySchedule { Every = 1 }, new StepDecaySchedule { Every = 5 }.Stretch(0.01));
    }

    [Fact]
    public void Validate_OfBadOptions_NamesEach()
    {
        Assert.Equal(2, new ConstantSchedule { Initial = 0, WarmUp = -1 }.Validate().Count());
        Assert.Equal(2, new StepDecaySchedule { Every = 0, Factor = 1 }.Validate().Count());
        Assert.Single(new CosineSchedule { Final = 1 }.Validate());
    }
}
