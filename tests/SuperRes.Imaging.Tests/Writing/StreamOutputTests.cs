using SuperRes.Imaging.Writing;

namespace SuperRes.Imaging.Tests.Writing;

/// <summary>What is kept until a stream can have it.</summary>
public sealed class StreamOutputTests
{
    [Fact]
    public void Spool_OnUnix_HasNoNameThatAnybodyCouldOpenOrAKilledProcessLeave()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows deletes it when it is closed.");
        using var target = new MemoryStream();
        using var output = new StreamOutput(target, ownsTarget: false);

        output.Stream.Write([1, 2, 3]);
        output.Stream.Flush();

        Assert.False(File.Exists(Assert.IsType<FileStream>(output.Stream).Name));
        output.Commit();
        Assert.Equal([1, 2, 3], target.ToArray());
    }
}
