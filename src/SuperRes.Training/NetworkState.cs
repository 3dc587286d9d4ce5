using SuperRes.Networks;

namespace SuperRes.Training;

/// <summary>Everything of a network that training changes, as host copies by parameter name.</summary>
/// <param name="Weights">The raw weights, running statistics included.</param>
/// <param name="Average">Their exponential moving average; running statistics are copied at every update, not averaged.</param>
/// <param name="FirstMoment">Adam's m, trainable parameters only.</param>
/// <param name="SecondMoment">Adam's v, trainable parameters only.</param>
public sealed record NetworkState(Weights Weights, Weights Average, Weights FirstMoment, Weights SecondMoment);
