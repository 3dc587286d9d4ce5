using System.Globalization;
using SuperRes.Cli.CommandLine;

namespace SuperRes.Cli.Tests.CommandLine;

public sealed class PrintableWriterTests
{
    [Theory]
    [InlineData("a b\u00e9\u4e2d", "a b\u00e9\u4e2d")]
    [InlineData("two\nlines\r\nand\ttabs", "two\nlines\r\nand\ttabs")]
    [InlineData("\u001b[2J\u0007\u0000\u009b", "?[2J???")]
    [InlineData("done\rfailed", "done?failed")]
    [InlineData("gnp.\u202eexe\u2066\u2069", "gnp.?exe??")]
    public void Write_OfText_LeavesWhatATerminalActsOn(string text, string expected)
    {
        var (written, target) = (new StringWriter(), new StringWriter());
        using var writer = new PrintableWriter(target);
        writer.Write(text);
        writer.Write(text.AsSpan());
        writer.Write(text.ToCharArray());
        writer.WriteLine(text);
        written.WriteLine(string.Concat(Enumerable.Repeat(expected, 4)));

        Assert.Equal(written.ToString(), target.ToString());
    }

    [Fact]
    public void WriteLine_OfEveryKind_EndsLinesAsItsTargetDoes()
    {
        var target = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\r\n" };
        using var writer = new PrintableWriter(target);
        writer.WriteLine();
        writer.WriteLine('a');
        writer.WriteLine("b".AsSpan());
        writer.WriteLine("{0}", 1);
        writer.WriteLine(2.5);

        Assert.Equal("\r\na\r\nb\r\n1\r\n2.5\r\n", target.ToString());
    }
}
