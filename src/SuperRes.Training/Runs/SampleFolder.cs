using SuperRes.Imaging;
using SuperRes.Pixels;

namespace SuperRes.Training.Runs;

/// <summary>What a run's network made of validation images at each measurement: <c>samples/step-0000001000/name.png</c>.</summary>
internal sealed class SampleFolder(string folder)
{
    /// <summary>The measurements with samples, first to last.</summary>
    public IReadOnlyList<(long Step, string Path)> Steps =>
        Directory.Exists(folder)
            ? [.. from path in Directory.EnumerateDirectories(folder, StepName.Prefix + "*")
                  let step = StepName.StepOf(Path.GetFileName(path))
                  where step is not null
                  orderby step
                  select (step.Value, path)]
            : [];

    /// <summary>Saves an image, over one that is there from before a resume.</summary>
    /// <exception cref="ImageFileException">It can't be written.</exception>
    public void Save(long step, string name, ImageBuffer image)
    {
        var path = Path.Combine(folder, StepName.Of(step));
        Directory.CreateDirectory(path);
        ImageFile.Write(Path.Combine(path, $"{name}.png"), image);
    }

    /// <summary>Drops the samples behind a step.</summary>
    public void CutAfter(long last)
    {
        foreach (var (_, path) in Steps.Where(sample => sample.Step > last))
        {
            Directory.Delete(path, recursive: true);
        }
    }
}
