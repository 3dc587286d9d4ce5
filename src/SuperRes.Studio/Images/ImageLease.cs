namespace SuperRes.Studio.Images;

/// <summary>Keeps an upload's file for a request that may wait, also where the upload is removed meanwhile.</summary>
/// <param name="Image">The upload.</param>
internal sealed record ImageLease(StoredImage Image) : IDisposable
{
    public void Dispose() => Image.Release();
}
