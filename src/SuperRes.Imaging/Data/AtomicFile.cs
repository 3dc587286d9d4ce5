namespace SuperRes.Imaging.Data;

/// <summary>Writes files that are either whole or absent.</summary>
internal static class AtomicFile
{
    /// <summary>Writes under a temporary name and then renames, replacing a file of that name.</summary>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var temporary = path + ".tmp";
        try
        {
            File.WriteAllBytes(temporary, bytes);
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }
}
