using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SuperRes.Imaging;
using SuperRes.Studio.Http;
using SuperRes.Studio.Images;
using SuperRes.Studio.Jobs;
using SuperRes.Studio.Operations;

namespace SuperRes.Studio.Studies;

/// <summary>
/// Makes studies: from a folder at once, from models by way of the jobs' queue. A study of models has one job there at a time,
/// whose result is copied to the study before the next begins: so a study may have more results than the queue has places or
/// the server's share of the disk has room for, and others' jobs get their turn.
/// </summary>
internal sealed partial class StudyMaker(
    StudyStore store, ResultFolderReader folders, JobBoard board, ResultFiles files, StudioOptions options, IHostApplicationLifetime lifetime, ILogger<StudyMaker> logger)
{
    public const string FromFolder = "folder";
    public const string FromModels = "models";
    private const int LongestName = 80;
    private const int MostPairs = 20_000;

    private readonly ConcurrentDictionary<long, IReadOnlyList<Job>> _making = new();

    /// <exception cref="StudioException">It can't be made; nothing of it is left.</exception>
    public Study Make(StudyRequest request)
    {
        ThrowUnlessName(request.Name, "study");
        return request.Source.Type switch
        {
            FromFolder => MakeOfFolder(request),
            FromModels => MakeOfModels(request),
            var type => throw StudioException.BadRequest($"The source's type is '{ImageStore.Shown(type)}'; it is folder or models."),
        };
    }

    /// <exception cref="StudioException">A name that can't be shown or told from others.</exception>
    public static void ThrowUnlessName(string name, string what)
    {
        if (name.Length is 0 or > LongestName || name.Trim() != name || name.TrimEnd('.') != UserFileName.Clean(name))
        {
            throw StudioException.BadRequest($"'{ImageStore.Shown(name)}' is no name for a {what}. Use up to {LongestName} letters, digits, spaces and dashes, none of / \\ : * ? \" < > |.");
        }
    }

    /// <summary>Removes a study, its votes, and the pictures that were made for it; breaks its jobs off where it is still being made.</summary>
    public void Remove(Study study)
    {
        store.Remove(study);
        if (_making.TryGetValue(study.Id, out var jobs))
        {
            // Its pictures go when the jobs are over: until then some may still be written.
            Cancel(jobs);
        }
        else
        {
            RemovePictures(study);
        }
    }

    private Study MakeOfFolder(StudyRequest request)
    {
        var pictures = folders.Read(request.Source.Path);
        ThrowIfTooMany(pictures.Pictures.Count, pictures.Methods.Count);
        var study = store.Add(request.Name, request.Kind, FromFolder, folders.Root);
        try
        {
            store.Complete(study, pictures);
            return store.Get(request.Name);
        }
        catch
        {
            Remove(study);
            throw;
        }
    }

    private Study MakeOfModels(StudyRequest request)
    {
        var source = request.Source;
        var models = RequestNames.Distinct(source.Models, "models", StringComparer.OrdinalIgnoreCase);
        var ids = RequestNames.Distinct(source.Images, "images", StringComparer.Ordinal);
        if (models.Count < 2 || ids.Count < 1)
        {
            throw StudioException.BadRequest($"{ids.Count} images and {models.Count} models were named; a study needs at least one image and two models.");
        }

        ThrowIfTooMany(ids.Count, models.Count);
        var study = store.Add(request.Name, request.Kind, FromModels);
        IReadOnlyList<Job> jobs = [];
        FolderLock? held = null;
        try
        {
            held = Hold(study);
            jobs = board.Hold([.. ids.SelectMany(id => models.Select(model => new JobRequest(id, model, source.Scale, Format: "png")))]);
            store.Announce(study, new StudyPictures(MethodsOf(jobs, models.Count), [.. jobs.Chunk(models.Count).Select(ofImage => new StudyPicture(NameOf(ofImage), null, []))]));
            _making[study.Id] = jobs;
        }
        catch
        {
            // The first ends them, the second forgets them.
            Cancel(jobs);
            Cancel(jobs);
            held?.Dispose();
            Remove(study);
            throw;
        }

        _ = Task.Run(() => CarryOutAsync(study, models, jobs, held), CancellationToken.None);
        return store.Get(request.Name);
    }

    /// <exception cref="StudioException">Its pictures can't be stored.</exception>
    private FolderLock Hold(Study study)
    {
        try
        {
            return FolderLock.Take(Directory.CreateDirectory(store.FolderOf(study)).FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw StudioException.DiskFailed("The study", exception);
        }
    }

    private static void ThrowIfTooMany(int pictures, int methods)
    {
        var pairs = (long)pictures * methods * (methods - 1) / 2;
        if (pairs > MostPairs)
        {
            throw StudioException.BadRequest($"{pictures} pictures of {methods} methods make {pairs} pairs, and a study has at most {MostPairs}. Choose fewer.");
        }
    }

    private async Task CarryOutAsync(Study study, IReadOnlyList<string> models, IReadOnlyList<Job> jobs, FolderLock held)
    {
        try
        {
            var pictures = new List<StudyPicture>();
            foreach (var ofImage in jobs.Chunk(models.Count))
            {
                pictures.Add(await MakePictureAsync(study, pictures.Count, ofImage, lifetime.ApplicationStopping).ConfigureAwait(false));
            }

            store.Complete(study, new StudyPictures(MethodsOf(jobs, models.Count), pictures));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // The next start finds it unfinished and says so.
        }
        catch (Exception) when (!store.Has(study))
        {
            // Somebody has removed it while it was made.
        }
        catch (Exception exception)
        {
            LogFailed(exception is StudioException ? null : exception, study.Name, exception.Message);
            store.Fail(study, exception is StudioException ? exception.Message : "The pictures could not be made; the server's log says why.");
        }
        finally
        {
            held.Dispose();

            // A server that ends removes all jobs itself.
            if (!lifetime.ApplicationStopping.IsCancellationRequested)
            {
                await RemoveAsync(jobs).ConfigureAwait(false);
                _making.TryRemove(study.Id, out _);
                if (!store.Has(study))
                {
                    RemovePictures(study);
                }
            }
        }
    }

    private void Cancel(IReadOnlyList<Job> jobs)
    {
        foreach (var job in jobs)
        {
            board.Remove(job);
        }
    }

    private async Task RemoveAsync(IReadOnlyList<Job> jobs)
    {
        Cancel(jobs);
        await Task.WhenAll(jobs.Select(job => job.Over)).WaitAsync(lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Those that had to be cancelled are still there, as for a client that wants to see so.
        Cancel(jobs);
    }

    private void RemovePictures(Study study)
    {
        var folder = store.FolderOf(study);
        if (study.Source != FromModels || !Directory.Exists(folder))
        {
            return;
        }

        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The study itself is gone, and no other will use the folder.
            LogLeft(folder, exception.Message);
        }
    }

    /// <summary>Makes an image with each model, and keeps what they made and the image itself where the study's pictures are.</summary>
    private async Task<StudyPicture> MakePictureAsync(Study study, int number, IReadOnlyList<Job> jobs, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(store.FolderOf(study), $"{number}")).FullName;

        // First, as the jobs keep the image's file.
        var image = jobs[0].Plan.Image;
        var original = Path.Combine(folder, "original.png");
        var loaded = Previews.Decode(image, options, cancellationToken);
        ImageFile.Write(original, loaded.Pixels, new ImageMetadata { IccProfile = loaded.Metadata.IccProfile });
        var results = new List<string>();
        foreach (var job in jobs)
        {
            await board.Queue.AddWhenFreeAsync(job, cancellationToken).ConfigureAwait(false);
            await job.Over.WaitAsync(cancellationToken).ConfigureAwait(false);
            var (path, _) = await files.OfAsync(job, cancellationToken: cancellationToken).ConfigureAwait(false);
            var file = Path.Combine(folder, $"{results.Count}.png");
            File.Copy(path, file, overwrite: true);
            results.Add(Relative(file));

            // Its place on the disk is free for the next.
            board.Remove(job);
        }

        return new StudyPicture(NameOf(jobs), Relative(original), results);
    }

    private static IReadOnlyList<string> MethodsOf(IReadOnlyList<Job> jobs, int methods) => [.. jobs.Take(methods).Select(job => job.Plan.Model.Name)];

    private static string NameOf(IReadOnlyList<Job> ofImage) => UserFileName.Stem(ofImage[0].Plan.Image.Name);

    private string Relative(string file) => Path.GetRelativePath(store.DataFolder, file).Replace('\\', '/');

    [LoggerMessage(Level = LogLevel.Warning, Message = "The pictures of a removed study are left in {Folder}, which can be deleted: {Reason}")]
    private partial void LogLeft(string folder, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Study {Study} could not be made: {Reason}")]
    private partial void LogFailed(Exception? exception, string study, string reason);
}
