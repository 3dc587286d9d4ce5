using System.Diagnostics;
using Microsoft.Playwright;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>
/// <c>superres studio</c> as users start it, with two networks of random weights, a report and a folder for studies, and one
/// headless browser. Where there is no browser nothing is started and every test is skipped.
/// </summary>
public sealed class StudioFixture : IAsyncLifetime
{
    /// <summary>A network with attention.</summary>
    public const string AttentionModel = "espcn-cbam-x2";

    /// <summary>A network without.</summary>
    public const string PlainModel = "espcn-x4";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"superres-browser-{Guid.NewGuid():N}");
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private Process? _server;

    /// <summary>Where the page is.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The model files that the server was given.</summary>
    internal string ModelFile(string name) => Path.Combine(_folder, "models", $"{name}.safetensors");

    /// <summary>A file name in a folder that is removed at the end.</summary>
    internal string Temporary(string name) => Path.Combine(_folder, name);

    /// <summary>The folder of runs and reports that the server shows.</summary>
    internal string Runs => Path.Combine(_folder, "runs");

    /// <summary>A sample photo at a quarter of its size, for what has to be quick.</summary>
    internal string Reduced(string name)
    {
        Assert.SkipWhen(_browser is null, Chromium.Missing);
        return Path.Combine(_folder, "small", "LR_bicubic", "X4", $"{name}x4.png");
    }

    public async ValueTask InitializeAsync()
    {
        if (Chromium.Find() is not { } chromium)
        {
            return;
        }

        Directory.CreateDirectory(Path.Combine(_folder, "models"));
        Directory.CreateDirectory(Path.Combine(_folder, "runs"));
        var browser = LaunchAsync(chromium);
        await PrepareAsync();
        await StartServerAsync();
        _browser = await browser;
    }

    /// <summary>Opens the page in a fresh profile, and the view with this address.</summary>
    internal async Task<StudioPage> OpenAsync(string view = "", ColorScheme colors = ColorScheme.Light, int width = 1280, int height = 800)
    {
        Assert.SkipWhen(_browser is null, Chromium.Missing);
        var context = await _browser!.NewContextAsync(new BrowserNewContextOptions
        {
            ViewportSize = new ViewportSize { Width = width, Height = height },
            ColorScheme = colors,
            ReducedMotion = ReducedMotion.Reduce,
            AcceptDownloads = true,
            DeviceScaleFactor = 1,
        });
        context.SetDefaultTimeout(60_000);
        var page = new StudioPage(context, await context.NewPageAsync(), Address);
        await page.GoToAsync(view);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        if (_server is { HasExited: false })
        {
            _server.Kill(entireProcessTree: true);
            await _server.WaitForExitAsync();
        }

        _server?.Dispose();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    private async Task<IBrowser> LaunchAsync(string chromium)
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        _playwright = await Playwright.CreateAsync();
        return await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = chromium, Headless = true, Args = Chromium.Arguments });
    }

    private Task PrepareAsync() => Task.WhenAll(
        PrepareModelAsync(AttentionModel),
        PrepareModelAsync(PlainModel),
        Superres.RunAsync("degrade", "samples/heldout", "-s", "4", "-o", Path.Combine(_folder, "small")),
        Superres.RunAsync("evaluate", "samples/heldout", "-s", "4", "-m", "nearest,bicubic", "-o", Path.Combine(_folder, "runs", "heldout")));

    /// <summary>Random weights do for tests; for pictures to look at, trained ones may be given.</summary>
    private Task PrepareModelAsync(string name)
    {
        var given = Path.Combine(Environment.GetEnvironmentVariable("SUPERRES_MODELS") ?? "", $"{name}.safetensors");
        if (!File.Exists(given))
        {
            return Superres.RunAsync("models", "init", name, "--seed", "1", "-o", ModelFile(name));
        }

        File.Copy(given, ModelFile(name));
        return Task.CompletedTask;
    }

    private async Task StartServerAsync()
    {
        var environment = new Dictionary<string, string> { ["SUPERRES_MODELS"] = Path.Combine(_folder, "models") };
        _server = Superres.Start(environment, "studio", "--port", "0", "--data", Path.Combine(_folder, "data"), "--runs", Path.Combine(_folder, "runs"));
        _server.ErrorDataReceived += (_, line) => Log.Add(line.Data ?? "");
        _server.BeginErrorReadLine();
        Address = await _server.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))
            ?? throw new InvalidOperationException($"The studio did not start:\n{string.Join('\n', Log)}");
    }

    private List<string> Log { get; } = [];
}
