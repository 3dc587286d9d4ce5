using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.CommandLine;

public sealed class FailureTextTests
{
    private const int NoSpaceLeft = 28;

    [Fact]
    public void Of_WhatTheSystemSays_AddsAWayOut()
    {
        Assert.Equal(
            "Access to the path '/x' is denied. Check the permissions of the file and its folder, or name another place.",
            FailureText.Of(new UnauthorizedAccessException("Access to the path '/x' is denied.")));
        Assert.Equal(
            "No space left on device : '/x'. Check the path, its permissions and the free space.",
            FailureText.Of(new IOException("No space left on device : '/x'", NoSpaceLeft)));
        Assert.EndsWith("Check the path.", FailureText.Of(new FileNotFoundException("Could not find file '/x'.")), StringComparison.Ordinal);
    }

    [Fact]
    public void Of_ASentenceWithAWayOut_IsLeftAsItIs() =>
        Assert.Equal("'a' is a file. Name a folder.", FailureText.Of(new IOException("'a' is a file. Name a folder.")));
}
