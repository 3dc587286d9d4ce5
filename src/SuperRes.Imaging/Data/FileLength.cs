namespace SuperRes.Imaging.Data;

/// <summary>How long a file is: where its path is a link, the file that it leads to, which <see cref="FileInfo.Length"/> does not tell.</summary>
internal static class FileLength
{
    /// <summary>The bytes of a file; null where there is none that can be opened.</summary>
    public static long? Of(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            return RandomAccess.GetLength(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
