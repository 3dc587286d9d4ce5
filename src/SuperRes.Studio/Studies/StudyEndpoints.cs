using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace SuperRes.Studio.Studies;

/// <summary>Blind tests: which of two results people prefer.</summary>
internal static class StudyEndpoints
{
    public static void MapStudies(this IEndpointRouteBuilder api)
    {
        var studies = api.MapGroup("/studies").WithTags("Studies");
        studies.MapGet("/", (StudyStore store, ResultFolderReader folders) => TypedResults.Ok(new StudiesView(store.List(), folders.List())))
            .WithName("listStudies").WithSummary("All blind tests, and folders that new ones can be made of.");
        studies.MapPost("/", Add).WithName("addStudy").WithSummary("Makes a blind test of a folder of results, or of what models make of images.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        studies.MapGet("/{name}", (string name, StudyStore store) => TypedResults.Ok(ViewOf(store.Get(name), store))).WithName("getStudy")
            .WithSummary("One blind test.").ProducesProblem(StatusCodes.Status404NotFound);
        studies.MapDelete("/{name}", Remove).WithName("deleteStudy").WithSummary("Removes a blind test and its votes.").ProducesProblem(StatusCodes.Status404NotFound);
        studies.MapGet("/{name}/next", (string name, string voter, int[] skip, StudyPresenter presenter) => TypedResults.Ok(presenter.Next(name, voter, skip))).WithName("getNextPair")
            .WithSummary("The pair that a voter is to judge next, of those that are not to be skipped; pair is null when all the others are judged.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        studies.MapPost("/{name}/votes", Vote).WithName("addVote").WithSummary("Records a vote; a second one on the same pair replaces the first.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        foreach (var side in (Choice[])[Choice.Left, Choice.Right])
        {
            studies.MapGet($"/{{name}}/pairs/{{pair:int}}/{side.ToString().ToLowerInvariant()}", (string name, int pair, string study, string voter, StudyPresenter presenter, CancellationToken cancellationToken) =>
                    presenter.SideAsync(name, study, pair, side, voter, cancellationToken)).WithName($"getPair{side}").WithSummary($"The {side.ToString().ToLowerInvariant()} side of a pair as a voter sees it.")
                .Produces(StatusCodes.Status200OK, contentType: "image/png")
                .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
                .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        }

        studies.MapGet("/{name}/pairs/{pair:int}/original", (string name, int pair, string study, StudyPresenter presenter, CancellationToken cancellationToken) =>
                presenter.OriginalAsync(name, study, pair, cancellationToken)).WithName("getPairOriginal").WithSummary("What both sides should look like.")
            .Produces(StatusCodes.Status200OK, contentType: "image/png")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        studies.MapGet("/{name}/results", (string name, StudyStore store) => Results(store.Get(name), store)).WithName("getStudyResults")
            .WithSummary("Preference rates with 95 % intervals, and a Bradley-Terry ranking.").ProducesProblem(StatusCodes.Status404NotFound);
        studies.MapGet("/{name}/results.csv", (string name, StudyStore store) => Csv(store.Get(name), store)).WithName("getStudyVotes")
            .WithSummary("Every vote as CSV.").Produces(StatusCodes.Status200OK, contentType: "text/csv").ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static Created<StudyView> Add(StudyRequest request, StudyMaker maker, StudyStore store)
    {
        var study = maker.Make(request);
        return TypedResults.Created($"/api/v1/studies/{Uri.EscapeDataString(study.Name)}", ViewOf(study, store));
    }

    private static NoContent Remove(string name, StudyMaker maker, StudyStore store)
    {
        maker.Remove(store.Get(name));
        return TypedResults.NoContent();
    }

    private static Ok<VoteView> Vote(string name, VoteRequest request, StudyStore store)
    {
        StudyMaker.ThrowUnlessName(request.Voter, "voter");
        var study = StudyPresenter.Ready(name, store);
        if (!int.TryParse(request.Pair, System.Globalization.CultureInfo.InvariantCulture, out var pair))
        {
            throw StudyPresenter.NoSuchPair(study, request.Pair);
        }

        StudyPresenter.ThrowUnlessPair(study, request.Study, pair);
        if (request.Choice == Choice.Same && study.Kind == StudyKind.Pair)
        {
            throw StudioException.BadRequest($"'{study.Name}' asks for left or right. 'same' is for studies of the kind triple.");
        }

        var isFirst = (request.Choice == Choice.Left) != study.Pairs.IsSwapped(request.Voter, pair);
        store.Vote(study, request.Voter, pair, request.Choice == Choice.Same ? 0 : isFirst ? 1 : 2);
        return TypedResults.Ok(new VoteView(store.JudgedBy(study, request.Voter).Count, study.Pairs.Count));
    }

    private static Ok<StudyResultsView> Results(Study study, StudyStore store) => TypedResults.Ok(StudyResults.Of(study.Methods, store.CountVotes(study)));

    private static FileContentHttpResult Csv(Study study, StudyStore store) => TypedResults.Bytes(
        System.Text.Encoding.UTF8.GetBytes(VotesCsv.Write(store.Votes(study))), "text/csv; charset=utf-8", $"{study.Name}.csv");

    private static StudyView ViewOf(Study study, StudyStore store) => store.List().First(view => view.Name == study.Name);
}
