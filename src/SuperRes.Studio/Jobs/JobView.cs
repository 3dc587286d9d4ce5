namespace SuperRes.Studio.Jobs;

/// <summary>What the API tells of a job.</summary>
/// <param name="Id">Names it in other requests.</param>
/// <param name="Image">The id of its image.</param>
/// <param name="Model">The method's name.</param>
/// <param name="Scale">How many times larger.</param>
/// <param name="State">queued, running, done, failed or cancelled; the last three are final.</param>
/// <param name="Share">How much is done, 0 to 1.</param>
/// <param name="SecondsLeft">An estimate of what is left; null while nothing is known.</param>
/// <param name="QueuePosition">Its place among those that wait, from 1; 0 where it does not wait.</param>
/// <param name="Width">Width of the result in pixels.</param>
/// <param name="Height">Height of the result in pixels.</param>
/// <param name="Milliseconds">How long it took to read, enlarge and store the image; null until it is done.</param>
/// <param name="Error">Why it failed, for a person.</param>
/// <param name="Metrics">Closeness to the reference, where there is one.</param>
/// <param name="FileName">The name that the download will have.</param>
/// <param name="Notes">What could not be kept as it was, and which model is made for such an image.</param>
internal sealed record JobView(
    string Id, string Image, string Model, double Scale, JobState State, double Share, double? SecondsLeft, int QueuePosition, int Width, int Height,
    double? Milliseconds, string? Error, JobMetrics? Metrics, string FileName, IReadOnlyList<string> Notes);
