using SuperRes.Evaluation.Studies;
using SuperRes.Evaluation.Studies.Reports;
using SuperRes.Training.Ablation.Running;

namespace SuperRes.Training.Ablation.Reports;

/// <summary>Writes an experiment's report in every form. The JSON comes last: where it is, the report is whole.</summary>
internal static class StudyFolder
{
    public static void Write(AblationFolder folder, StudyReport report, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        foreach (var (file, content) in StudyFiles.Of(report, name => File.ReadAllBytes(Path.Combine(folder.Root, name))))
        {
            var path = Path.Combine(folder.Root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            AblationFolder.Write(path, content);
        }
    }
}
