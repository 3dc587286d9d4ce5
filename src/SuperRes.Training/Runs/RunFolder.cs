using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using SuperRes.Evaluation.Runs;
using SuperRes.ModelFiles;
using SuperRes.Training.Recipes;
using SuperRes.Training.Runs.Events;

namespace SuperRes.Training.Runs;

/// <summary>
/// Everything of a run on disk: <c>recipe.json</c> as resolved, <c>run.json</c>, <c>metrics.jsonl</c>,
/// <c>validation.jsonl</c>, <c>checkpoints/</c>, <c>samples/</c>, <c>best.safetensors</c>, <c>final.safetensors</c>,
/// <c>pretrained.safetensors</c>, <c>curves.svg</c>, <c>report.html</c> and TensorBoard's events.
/// </summary>
public sealed class RunFolder
{
    private readonly CheckpointStore _checkpoints;
    private readonly MetricsLog<StepMetrics> _metrics;
    private readonly MetricsLog<ValidationMetrics> _validation;
    private readonly EventLog _events;

    private RunFolder(string path, Recipe recipe)
    {
        (Root, Recipe) = (path, recipe);
        _checkpoints = new CheckpointStore(Path.Combine(path, RunRecords.CheckpointFolder), recipe.Checkpoints.Keep);
        _metrics = new(Path.Combine(path, RunRecords.MetricsFile), RunJson.Default.StepMetrics, metrics => metrics.Step);
        _validation = new(Path.Combine(path, RunRecords.ValidationFile), RunJson.Default.ValidationMetrics, metrics => metrics.Step);
        _events = new(Path.Combine(path, "events.out.tfevents.0.superres"));
    }

    /// <summary>The folder.</summary>
    public string Root { get; }

    /// <summary>The recipe as resolved.</summary>
    public Recipe Recipe { get; }

    /// <summary>SHA-256 of the resolved recipe.</summary>
    public string RecipeHash => Hash(RecipeFile.ToJson(Recipe));

    /// <summary>The averaged weights of the last step.</summary>
    public string FinalModelPath => Path.Combine(Root, RunRecords.FinalModelFile);

    /// <summary>The averaged weights of the step that measured best, by PSNR or SSIM as the recipe says; of an adversarial run's second phase once that has a measurement.</summary>
    public string BestModelPath => Path.Combine(Root, "best" + ModelFile.Extension);

    /// <summary>The averaged weights at the end of the pretraining, where an adversarial phase follows.</summary>
    public string PretrainedModelPath => Path.Combine(Root, "pretrained" + ModelFile.Extension);

    /// <summary>What was recorded of the steps.</summary>
    public IReadOnlyList<StepMetrics> Metrics => _metrics.Read();

    /// <summary>What was measured on the validation images.</summary>
    public IReadOnlyList<ValidationMetrics> Validations => _validation.Read();

    /// <summary>Where the run stands.</summary>
    public RunState State =>
        RunRecords.IsHeld(Root) ? RunState.Running : File.Exists(FinalModelPath) ? RunState.Finished : RunState.Stopped;

    /// <summary>The step of the newest checkpoint; 0 where there is none.</summary>
    public long NewestCheckpoint => _checkpoints.NewestStep;

    /// <summary>What the run was started with.</summary>
    /// <exception cref="TrainingException"><c>run.json</c> is missing or not whole.</exception>
    public RunManifest Manifest => ReadManifest();

    /// <summary>What the network made of the first validation images.</summary>
    internal SampleFolder Samples => new(Path.Combine(Root, "samples"));

    private string RecipePath => Path.Combine(Root, RunRecords.RecipeFile);

    private string ManifestPath => Path.Combine(Root, "run.json");

    /// <summary>Starts a run in a new or empty folder.</summary>
    /// <exception cref="TrainingException">The folder holds a run already, or is a file.</exception>
    public static RunFolder Create(string path, Recipe recipe, RunManifest manifest)
    {
        var folder = new RunFolder(path, recipe);
        if (File.Exists(path))
        {
            throw new TrainingException($"'{path}' is a file, and a run is a folder. Name another with --run.");
        }

        ThrowIfRun(path);
        Directory.CreateDirectory(path);

        // Two may have come so far at once: the run is the first one's.
        using var hold = folder.Hold();
        ThrowIfRun(path);
        Write(folder.ManifestPath, JsonSerializer.Serialize(manifest, RunJson.Default.RunManifest));
        Write(folder.RecipePath, RecipeFile.ToJson(recipe));
        return folder;
    }

    private static void ThrowIfRun(string path)
    {
        if (IsRun(path))
        {
            throw new TrainingException($"'{path}' holds a run already. Go on with it by --resume, or name another folder with --run.");
        }
    }

    /// <summary>Opens a run.</summary>
    /// <exception cref="TrainingException">The folder holds no run.</exception>
    public static RunFolder Open(string path) => new(path, ReadRecipe(path));

    /// <summary>A run's recipe, perhaps with options that may change when it goes on.</summary>
    /// <param name="path">The run's folder.</param>
    /// <param name="overrides">Dotted keys and JSON values, as in <see cref="RecipeFile.Read"/>; null for none.</param>
    /// <exception cref="TrainingException">The folder holds no run.</exception>
    /// <exception cref="RecipeException">The recipe has faults; all are listed.</exception>
    public static Recipe ReadRecipe(string path, IReadOnlyList<string>? overrides = null) => IsRun(path)
        ? RecipeFile.Read(Path.Combine(path, RunRecords.RecipeFile), overrides)
        : throw new TrainingException(Directory.Exists(path) ? $"'{path}' holds no run: there is no recipe.json." : $"There is no folder '{path}'.");

    /// <summary>Whether a folder holds a run.</summary>
    public static bool IsRun(string path) => File.Exists(Path.Combine(path, RunRecords.RecipeFile));

    /// <summary>Opens a run to go on with it, and makes sure that it would go on as it began.</summary>
    /// <exception cref="TrainingException">The recipe or the data changed; the message says what. Or another process trains it.</exception>
    public static RunFolder Resume(string path, Recipe recipe, RunManifest manifest)
    {
        var folder = Open(path);
        folder.CheckRecipe(recipe);
        var before = folder.Manifest;
        if (before.DataHash != manifest.DataHash)
        {
            string[] missing = [.. before.Images.Except(manifest.Images)];
            string[] added = [.. manifest.Images.Except(before.Images)];
            var what = missing.Length + added.Length > 0 ? $"{Describe(missing, "missing")}, {Describe(added, "new")}" : "the same names, and other contents or low-resolution images";
            throw new TrainingException($"The training images are not those that '{path}' was started with: {what}. Put them back, or start a new run.");
        }

        var changed = (before.Inputs ?? new Dictionary<string, string>()).FirstOrDefault(input => manifest.Inputs?.GetValueOrDefault(input.Key, input.Value) is { } hash && hash != input.Value);
        if (changed.Key is not null)
        {
            throw new TrainingException($"'{changed.Key}' is not the file that '{path}' was started with. Put that back, or start a new run.");
        }

        // What may change (how the run is watched and saved) is as it is now.
        var resumed = new RunFolder(path, recipe);
        using (resumed.Hold())
        {
            Write(resumed.RecipePath, RecipeFile.ToJson(recipe));
        }

        return resumed;
    }

    /// <summary>Makes sure that this is a run of a recipe; how it is watched and saved may differ.</summary>
    /// <exception cref="TrainingException">It is not; the message says what differs.</exception>
    public void CheckRecipe(Recipe recipe)
    {
        var changes = RecipeDifference.Between(Recipe, recipe, isMeasured: Validations.Count > 0);
        if (changes.Count > 0)
        {
            throw new TrainingException($"The recipe is not the one that '{Root}' was started with: {string.Join("; ", changes)}. Take that back, or start a new run.");
        }
    }

    /// <summary>Makes this process the only one that trains the run, until what is returned is disposed.</summary>
    /// <exception cref="TrainingException">Another process trains it.</exception>
    public IDisposable Hold() =>
        RunLock.TryTake(Root) ?? throw new TrainingException($"Another process is training '{Root}'. Wait for it, or stop it with Ctrl-C.");

    /// <summary>Saves a checkpoint.</summary>
    public void Save(Checkpoint checkpoint) => _checkpoints.Save(checkpoint);

    /// <summary>The newest whole checkpoint, or null; the records behind it are dropped.</summary>
    /// <param name="damaged">Told of each newer checkpoint that can't be used, and why.</param>
    /// <exception cref="TrainingException">There are some, and none can be used.</exception>
    public Checkpoint? LoadCheckpoint(Action<string> damaged)
    {
        var checkpoint = _checkpoints.Load(damaged);
        if ((checkpoint?.Step ?? 0) < Recipe.Steps)
        {
            // A finished run whose last checkpoints are gone is trained on, and is not finished any more.
            File.Delete(FinalModelPath);
        }

        _metrics.CutAfter(checkpoint?.Step ?? 0);
        _validation.CutAfter(checkpoint?.Step ?? 0);
        _events.CutAfter(checkpoint?.Step ?? 0);
        Samples.CutAfter(checkpoint?.Step ?? 0);
        return checkpoint;
    }

    /// <summary>Records training steps.</summary>
    /// <param name="metrics">The record.</param>
    /// <param name="time">When; only TensorBoard's events have it.</param>
    public void Append(StepMetrics metrics, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _metrics.Append(metrics);
        _events.Append(metrics.Step, time, EventValues.Of(metrics));
    }

    /// <summary>Records a measurement.</summary>
    /// <param name="metrics">The record.</param>
    /// <param name="time">When; only TensorBoard's events have it.</param>
    public void Append(ValidationMetrics metrics, DateTimeOffset time)
    {
        ArgumentNullException.ThrowIfNull(metrics);
        _validation.Append(metrics);
        _events.Append(metrics.Step, time, EventValues.Of(metrics));
    }

    /// <summary>Whole or not at all: a kill may come at any moment.</summary>
    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private RunManifest ReadManifest()
    {
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllText(ManifestPath), RunJson.Default.RunManifest)!;
        }
        catch (JsonException exception)
        {
            throw new TrainingException($"{JsonFault.Of(ManifestPath, exception)} Start a new run.", exception);
        }
        catch (IOException exception)
        {
            throw new TrainingException($"'{ManifestPath}' can't be read: {exception.Message} Start a new run.", exception);
        }
    }

    private static string Describe(string[] names, string word) =>
        names.Length == 0 ? $"none {word}" : $"{names.Length} {word} ({string.Join(", ", names.Take(3))}{(names.Length > 3 ? ", …" : "")})";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
