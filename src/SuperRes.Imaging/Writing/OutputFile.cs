using System.Globalization;
using SuperRes.Imaging.Reading;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// A file that appears under its name only when it is complete: written beside its place under a short temporary name
/// (the final name may already be as long as the file system allows), renamed by <see cref="Commit"/>, deleted otherwise.
/// </summary>
internal sealed class OutputFile : IDisposable
{
    private const string TemporaryPrefix = ".superres-";
    private const string TemporaryExtension = ".tmp";

    private static int _counter;

    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly bool _overwrite;
    private bool _committed;

    private OutputFile(string path, string temporaryPath, bool overwrite, FileStream stream)
    {
        _path = path;
        _temporaryPath = temporaryPath;
        _overwrite = overwrite;
        Stream = stream;
    }

    /// <summary>Seekable, readable and writable.</summary>
    public FileStream Stream { get; }

    public static OutputFile Create(string path, bool overwrite)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ImageFileException($"{InputFile.Quote(path)} is a folder. Name the file to write inside it.");
        }

        if (!overwrite && File.Exists(full))
        {
            throw new ImageFileException($"{InputFile.Quote(path)} exists and is not to be overwritten. Choose another name or allow overwriting.");
        }

        try
        {
            // Through a symbolic link the file it points to is replaced, not the link.
            full = new FileInfo(full) is { LinkTarget: not null } link ? link.ResolveLinkTarget(returnFinalTarget: true)!.FullName : full;
            var temporary = TemporaryName(Path.GetDirectoryName(full)!);
            return new OutputFile(full, temporary, overwrite, new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 1 << 16));
        }
        catch (DirectoryNotFoundException error)
        {
            throw new ImageFileException($"{InputFile.Quote(path)} can't be written: its folder does not exist. Make the folder first.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }

    public static ImageFileException CannotWrite(string path, Exception error) =>
        new($"{InputFile.Quote(path)} can't be written: {error.Message.ReplaceLineEndings(" ").TrimEnd('.')}. Check the folder's permissions and free space.", error);

    /// <summary>Makes the file appear under its name.</summary>
    public void Commit()
    {
        try
        {
            Stream.Dispose();
            File.Move(_temporaryPath, _path, _overwrite);
            _committed = true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(_path, error);
        }
    }

    public void Dispose()
    {
        if (_committed)
        {
            return;
        }

        try
        {
            Stream.Dispose();
        }
        catch (IOException)
        {
            // Flushing the rest onto a full disk fails again; the file is deleted next anyway.
        }

        File.Delete(_temporaryPath);
    }

    /// <summary>Deletes what killed processes left in a folder; only for a folder that no other process is writing to.</summary>
    public static void DeleteAbandoned(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, TemporaryPrefix + "*" + TemporaryExtension))
        {
            File.Delete(file);
        }
    }

    private static string TemporaryName(string folder) => Path.Combine(
        folder,
        string.Create(CultureInfo.InvariantCulture, $"{TemporaryPrefix}{Environment.ProcessId}-{Interlocked.Increment(ref _counter)}{TemporaryExtension}"));
}
