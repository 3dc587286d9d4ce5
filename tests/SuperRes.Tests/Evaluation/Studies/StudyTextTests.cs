using SuperRes.Evaluation.Studies.Reports;

namespace SuperRes.Tests.Evaluation.Studies;

public sealed class StudyTextTests
{
    [Theory]
    [InlineData(0.0126, "+0.013")]
    [InlineData(-0.0126, "−0.013")]
    [InlineData(0.00004, "0.000")]
    [InlineData(-0.00004, "0.000")]
    [InlineData(0, "0.000")]
    public void Signed_WhatRoundsToNothing_HasNoSign(double value, string expected) => Assert.Equal(expected, StudyText.Signed(value, "0.000"));
}
