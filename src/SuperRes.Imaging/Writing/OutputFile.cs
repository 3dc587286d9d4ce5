using System.Text;
using SuperRes.Imaging.Reading;

namespace SuperRes.Imaging.Writing;

/// <summary>
/// A file that appears under its name only when it is complete: written beside its place under a temporary name, renamed by <see cref="Commit"/>, deleted otherwise.
/// </summary>
internal sealed class OutputFile : IOutput
{
    private const int LongestName = 255;
    private const int BufferSize = 1 << 16;

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

    public Stream Stream { get; }

    /// <summary>A file, or a device or pipe under a name, which is written into and never renamed over.</summary>
    /// <exception cref="ImageFileException">It can't be written there.</exception>
    public static IOutput Open(string path, bool overwrite)
    {
        try
        {
            return OutputPath.OpenDevice(path) is { } device ? new StreamOutput(device, ownsTarget: true) : Create(path, overwrite);
        }
        catch (Exception error) when (error is not ImageFileException && error is IOException or UnauthorizedAccessException)
        {
            throw CannotWrite(path, error);
        }
    }

    public static OutputFile Create(string path, bool overwrite)
    {
        var full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new ImageFileException($"{InputFile.Quote(path)} is a folder. Name the file to write inside it.");
        }

        // Windows counts UTF-16 units, the others bytes of UTF-8.
        var name = Path.GetFileName(full);
        if ((OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name)) > LongestName)
        {
            throw new ImageFileException($"{InputFile.Quote(path)} can't be written: its name is longer than {LongestName} {(OperatingSystem.IsWindows() ? "characters" : "bytes")}. Choose a shorter one.");
        }

        if (!overwrite && File.Exists(full))
        {
            throw new ImageFileException($"{InputFile.Quote(path)} exists and is not to be overwritten. Choose another name or allow overwriting.");
        }

        try
        {
            var target = OutputPath.Target(full);
            var temporary = OutputPath.TemporaryFor(target);
            var stream = new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize);
            return new OutputFile(target, temporary, overwrite, stream);
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
            OutputPath.KeepPermissions(_path, _temporaryPath);
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

        try
        {
            File.Delete(_temporaryPath);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The folder has gone or been locked; what led here is reported already.
        }
    }

    /// <summary>Deletes what killed processes left in a folder; only for a folder that no other process is writing to.</summary>
    public static void DeleteAbandoned(string folder)
    {
        foreach (var file in Directory.EnumerateFiles(folder, OutputPath.TemporaryPattern))
        {
            File.Delete(file);
        }
    }
}
