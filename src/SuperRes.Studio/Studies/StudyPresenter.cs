using Microsoft.AspNetCore.Http;
using SuperRes.Studio.Images;

namespace SuperRes.Studio.Studies;

/// <summary>What voters see.</summary>
internal sealed class StudyPresenter(StudyStore store, ResultFolderReader folders, Previews previews, StudioOptions options)
{
    /// <summary>The pair that a voter is to judge next.</summary>
    /// <param name="name">The study's.</param>
    /// <param name="voter">Who votes.</param>
    /// <param name="skip">Pairs that are left out, for now.</param>
    /// <exception cref="StudioException">The study is not ready, or its pictures can't be shown.</exception>
    public PairView Next(string name, string voter, int[] skip)
    {
        StudyMaker.ThrowUnlessName(voter, "voter");
        var study = Ready(name, store);

        // Before a voter is sent to pictures that are not there.
        RootOf(study);
        var judged = store.JudgedBy(study, voter);
        int? next = study.Pairs.Of(voter).Where(pair => !judged.Contains(pair) && !skip.Contains(pair)).Cast<int?>().FirstOrDefault();
        if (next is not { } pair)
        {
            return new PairView(null, study.Key, null, null, null, null, judged.Count, study.Pairs.Count);
        }

        var (title, original) = store.PictureOf(study, study.Pairs.Find(pair).Picture);
        var root = $"/api/v1/studies/{Uri.EscapeDataString(study.Name)}/pairs/{pair}";
        var query = $"?study={study.Key}&voter={Uri.EscapeDataString(voter)}";
        return new PairView(
            $"{pair}", study.Key, title, $"{root}/left{query}", $"{root}/right{query}", original is null ? null : $"{root}/original?study={study.Key}", judged.Count, study.Pairs.Count);
    }

    /// <summary>One side of a pair.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public Task<IResult> SideAsync(string name, string key, int pair, Choice side, string voter, CancellationToken cancellationToken)
    {
        StudyMaker.ThrowUnlessName(voter, "voter");
        var study = Ready(name, store);
        ThrowUnlessPair(study, key, pair);
        var (picture, first, second) = study.Pairs.Find(pair);
        var isFirst = (side == Choice.Left) != study.Pairs.IsSwapped(voter, pair);
        return ShowAsync(study, store.FileOf(study, picture, isFirst ? first : second), cancellationToken);
    }

    /// <summary>What both sides should look like.</summary>
    /// <exception cref="StudioException">There is none.</exception>
    public Task<IResult> OriginalAsync(string name, string key, int pair, CancellationToken cancellationToken)
    {
        var study = Ready(name, store);
        ThrowUnlessPair(study, key, pair);
        var (title, original) = store.PictureOf(study, study.Pairs.Find(pair).Picture);
        return ShowAsync(study, original ?? throw StudioException.NotFound($"There is no original of '{title}'."), cancellationToken);
    }

    /// <exception cref="StudioException">There is no such study, or it can't be voted in.</exception>
    public static Study Ready(string name, StudyStore store) => store.Get(name) switch
    {
        { State: StudyState.Ready } study => study,
        { State: StudyState.Failed } study => throw StudioException.Conflict($"'{study.Name}' could not be made: {study.Error}"),
        var study => throw StudioException.Conflict($"The pictures of '{study.Name}' are still being made. Try again in a while."),
    };

    /// <exception cref="StudioException">The study has no such pair, or has only the name of the one that is meant: its sides are others.</exception>
    public static void ThrowUnlessPair(Study study, string? key, int pair)
    {
        if (key is not null && key != study.Key)
        {
            throw StudioException.NotFound($"The study '{study.Name}' that this pair is of was removed, and another has its name. Ask for the next pair.");
        }

        if (pair < 0 || pair >= study.Pairs.Count)
        {
            throw NoSuchPair(study, $"{pair}");
        }
    }

    public static StudioException NoSuchPair(Study study, string pair) =>
        StudioException.NotFound($"'{study.Name}' has no pair '{ImageStore.Shown(pair)}'. Ask for the next one.");

    /// <summary>Shows a file of a study, coded anew: nothing that its file says beside the pixels can give the method away.</summary>
    private Task<IResult> ShowAsync(Study study, string file, CancellationToken cancellationToken)
    {
        return previews.OfFileAsync(Path.Combine(RootOf(study), file), "The picture", options.Limits.ResultPixels, null, cancellationToken);
    }

    /// <summary>The folder below which a study's files are.</summary>
    /// <exception cref="StudioException">The server was started without it: files of the same names in another are other pictures.</exception>
    private string RootOf(Study study)
    {
        if (study.Source == StudyMaker.FromModels)
        {
            return store.DataFolder;
        }

        var comparison = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        return folders.Root is { } root && (study.Root is null || root.Equals(study.Root, comparison))
            ? root
            : throw StudioException.Conflict(
                $"The pictures of '{study.Name}' are in a folder that this server was not started with. Start it with --studies and the folder {(study.Root is null ? "" : $"'{Path.GetFileName(study.Root)}' ")}that the study was made of.");
    }
}
