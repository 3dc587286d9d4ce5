namespace SuperRes.Studio.Models;

/// <summary>What this server is and can do.</summary>
/// <param name="Version">SuperRes' version.</param>
/// <param name="Limits">What may be asked for.</param>
/// <param name="Formats">File formats.</param>
/// <param name="Models">Methods, classical ones first.</param>
/// <param name="Defaults">The method to offer first, by scale.</param>
internal sealed record InfoView(
    string Version, LimitsView Limits, FormatsView Formats, IReadOnlyList<ModelView> Models, IReadOnlyDictionary<string, string> Defaults);

/// <param name="Bytes">The most bytes of a file.</param>
/// <param name="Pixels">The most pixels of an image.</param>
/// <param name="ResultPixels">The most pixels of a result.</param>
/// <param name="Queue">The most jobs that wait.</param>
/// <param name="SecondsPerJob">The longest that a job runs.</param>
internal sealed record LimitsView(long Bytes, long Pixels, long ResultPixels, int Queue, double SecondsPerJob);

/// <param name="Read">Extensions of files that can be uploaded, with the dot.</param>
/// <param name="Write">Formats that results can be downloaded in.</param>
internal sealed record FormatsView(IReadOnlyList<string> Read, IReadOnlyList<WritableFormat> Write);

/// <param name="Id">Names it in requests.</param>
/// <param name="Label">What to show.</param>
/// <param name="Lossy">Whether samples change.</param>
/// <param name="Quality">The default quality of a lossy format, 1 to 100.</param>
internal sealed record WritableFormat(string Id, string Label, bool Lossy, int? Quality);
