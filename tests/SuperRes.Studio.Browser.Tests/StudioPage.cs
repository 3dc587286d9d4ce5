using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace SuperRes.Studio.Browser.Tests;

/// <summary>One visit. At its end it fails if the page logged an error, or asked any other server for anything.</summary>
internal sealed class StudioPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly string _address;
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly ConcurrentQueue<string> _foreign = new();

    public StudioPage(IBrowserContext context, IPage page, string address)
    {
        (_context, Page, _address) = (context, page, address);
        var origin = new Uri(address).GetLeftPart(UriPartial.Authority);
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) => AddConsole(message);
        context.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(origin + "/", StringComparison.Ordinal))
            {
                _foreign.Enqueue(request.Url);
            }
        };
    }

    public IPage Page { get; }

    /// <summary>Answers of these statuses are part of the test; the browser logs them as errors.</summary>
    public HashSet<int> ExpectedStatuses { get; } = [];

    /// <summary>The view at hand.</summary>
    public ILocator View => Page.Locator(".view:not([hidden])");

    /// <summary>Goes to a view, "contest" for one, and waits until the page has started.</summary>
    public async Task GoToAsync(string view)
    {
        await Page.GotoAsync(_address + (view.Length > 0 ? $"#{view}" : ""));
        await Page.WaitForSelectorAsync("html[data-ready]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
    }

    /// <summary>Goes to another view as a reader does.</summary>
    public async Task FollowAsync(string view)
    {
        await Page.ClickAsync($".tabs a[href='#{view}']");
        await Page.WaitForSelectorAsync($".tabs a[href='#{view}'][aria-current]");
    }

    /// <summary>Drops files on the page as a file manager does.</summary>
    public async Task DropAsync(params IEnumerable<string> paths)
    {
        var files = paths.Select(path => new { name = Path.GetFileName(path), data = Convert.ToBase64String(File.ReadAllBytes(path)) }).ToArray();
        await Page.EvaluateAsync(
            """
            files => {
              const transfer = new DataTransfer();
              for (const { name, data } of files) transfer.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
              for (const type of ['dragenter', 'dragover', 'drop']) {
                document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer }));
              }
            }
            """,
            files);
    }

    /// <summary>Chooses files with the view's own button.</summary>
    public Task ChooseAsync(string button, params IReadOnlyList<string> paths) =>
        View.Locator(".file-button", new LocatorLocatorOptions { HasText = button }).First.Locator("input").SetInputFilesAsync(paths);

    public Task ChooseModelAsync(string model) => View.GetByLabel("Model", new LocatorGetByLabelOptions { Exact = true }).SelectOptionAsync(model);

    public async ValueTask DisposeAsync()
    {
        await _context.DisposeAsync();
        Assert.Empty(_foreign);
        Assert.Empty(_errors);
    }

    private void AddConsole(IConsoleMessage message)
    {
        // Chromium logs every unsuccessful answer, those that the page has a message for too.
        var expected = ExpectedStatuses.Any(status => message.Text.Contains($"status of {status}", StringComparison.Ordinal));
        if (message.Type is "error" && !expected)
        {
            _errors.Enqueue($"{message.Text} ({message.Location})");
        }
    }
}
