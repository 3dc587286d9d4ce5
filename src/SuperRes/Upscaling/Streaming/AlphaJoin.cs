using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>
/// Puts the rows of colour and of alpha together while both are being made, each by a thread of its own: whichever is
/// ahead waits.
/// </summary>
internal sealed class AlphaJoin : IImageRowSink, IDisposable
{
    private const int StripsAhead = 2;

    private readonly IImageRowSink _sink;
    private readonly CancellationTokenSource _stop;
    private readonly BlockingCollection<ImageBuffer> _alphas = new(StripsAhead);
    private ExceptionDispatchInfo? _failure;
    private ImageBuffer? _alpha;
    private int _used;

    private AlphaJoin(IImageRowSink sink, CancellationToken cancellationToken)
    {
        _sink = sink;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    }

    /// <summary>Runs the two makers, alpha's on another thread, and hands the joined rows to the sink.</summary>
    /// <param name="sink">Takes GrayAlpha or RGBA.</param>
    /// <param name="makeColor">Writes Gray or RGB rows into the sink it is given.</param>
    /// <param name="makeAlpha">Writes Gray rows, of the same size and sample type in all.</param>
    /// <param name="cancellationToken">Ends both.</param>
    public static void Run(
        IImageRowSink sink,
        Action<IImageRowSink, CancellationToken> makeColor,
        Action<IImageRowSink, CancellationToken> makeAlpha,
        CancellationToken cancellationToken)
    {
        using var join = new AlphaJoin(sink, cancellationToken);
        var alpha = Task.Factory.StartNew(
            () => join.Run(makeAlpha, new Queue(join)), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        join.Run(makeColor, join);
        alpha.GetAwaiter().GetResult();
        if (join._failure?.SourceException is OperationCanceledException)
        {
            // The makers were stopped by the join's own token, and the caller knows only this one.
            cancellationToken.ThrowIfCancellationRequested();
        }

        join._failure?.Throw();
    }

    /// <summary>Takes rows of colour.</summary>
    public void Write(ImageBuffer rows)
    {
        for (var top = 0; top < rows.Height;)
        {
            if (_alpha is null || _used == _alpha.Height)
            {
                (_alpha, _used) = (_alphas.Take(_stop.Token), 0);
            }

            var count = Math.Min(rows.Height - top, _alpha.Height - _used);
            _sink.Write(ColorChannels.JoinAlpha(Part(rows, top, count), Part(_alpha, _used, count)));
            top += count;
            _used += count;
        }
    }

    public void Dispose()
    {
        _alphas.Dispose();
        _stop.Dispose();
    }

    private static ImageBuffer Part(ImageBuffer rows, int top, int count) =>
        count == rows.Height ? rows : rows.Crop(0, top, rows.Width, count);

    /// <summary>Keeps what fails first; the other maker is then only told to stop.</summary>
    private void Run(Action<IImageRowSink, CancellationToken> make, IImageRowSink sink)
    {
        try
        {
            make(sink, _stop.Token);
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, ExceptionDispatchInfo.Capture(failure), null);
            _stop.Cancel();
        }
    }

    private sealed class Queue(AlphaJoin join) : IImageRowSink
    {
        public void Write(ImageBuffer rows) => join._alphas.Add(rows.Clone(), join._stop.Token);
    }
}
