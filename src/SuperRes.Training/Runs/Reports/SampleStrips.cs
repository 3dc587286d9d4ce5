using SuperRes.Evaluation.Reports;
using SuperRes.Evaluation.Reports.Html;
using SuperRes.Imaging;

namespace SuperRes.Training.Runs.Reports;

/// <summary>How each sample image became better: its middle at a few measurements, side by side.</summary>
internal static class SampleStrips
{
    private const int Columns = 5;
    private const int Side = 160;

    public static void Write(ReportLines page, RunFolder run)
    {
        var steps = Chosen(run.Samples.Steps);
        if (steps.Length == 0)
        {
            return;
        }

        page.Line($"<h2>Samples</h2><p class=\"quiet\">The middle of validation images; the whole ones are in <code>samples/</code>.</p>");
        foreach (var name in Directory.EnumerateFiles(steps[^1].Path, "*.png").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal))
        {
            page.Line($"<h3>{HtmlText.Name(Path.GetFileNameWithoutExtension(name))}</h3><div class=\"crops\">");
            foreach (var (step, folder) in steps)
            {
                var path = Path.Combine(folder, name);
                if (File.Exists(path))
                {
                    page.Line($"<figure><img width=\"{Side}\" height=\"{Side}\" alt=\"{HtmlText.Of(name)} at step {step}\" src=\"data:image/png;base64,{Convert.ToBase64String(Middle(path))}\"><figcaption>step {step:N0}</figcaption></figure>");
                }
            }

            page.Line($"</div>");
        }
    }

    /// <summary>First, last, and some evenly between.</summary>
    private static (long Step, string Path)[] Chosen(IReadOnlyList<(long Step, string Path)> steps) =>
        steps.Count <= Columns ? [.. steps] : [.. Enumerable.Range(0, Columns).Select(i => steps[i * (steps.Count - 1) / (Columns - 1)])];

    private static byte[] Middle(string path)
    {
        var image = ImageFile.Read(path).Pixels;
        var (width, height) = (Math.Min(Side, image.Width), Math.Min(Side, image.Height));
        using var png = new MemoryStream();
        ImageFile.Write(png, image.Crop((image.Width - width) / 2, (image.Height - height) / 2, width, height), metadata: null, ImageWriteOptions.Default with { Format = ImageFormat.Png });
        return png.ToArray();
    }
}
