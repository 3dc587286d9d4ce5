using SuperRes.Engine;
using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>
/// Gathers the rows that an engine's threads finish, roughly in order, into strips and hands those on in order. A thread
/// that has finished a strip waits while an earlier one is being taken, so that a slow sink slows the engine.
/// </summary>
internal sealed class EngineRowSink(IImageRowSink sink, int width, int height, SampleType sampleType) : IRowSink
{
    /// <summary>Rows per strip: enough for a sink to work on several threads.</summary>
    public const int StripRows = 64;

    private readonly Lock _gathering = new();
    private readonly Lock _delivering = new();
    private readonly Dictionary<int, Strip> _strips = [];
    private readonly Stack<ImageBuffer> _spare = [];
    private int _next;

    public void Write(int y, ReadOnlySpan<float> row)
    {
        var strip = Find(y / StripRows);
        UnitSamples.Store(row, strip.Rows, y % StripRows);
        if (strip.Finish() == 0)
        {
            Deliver();
        }
    }

    private Strip Find(int index)
    {
        lock (_gathering)
        {
            if (!_strips.TryGetValue(index, out var strip))
            {
                var rows = Math.Min(StripRows, height - (index * StripRows));
                strip = new Strip(rows == StripRows && _spare.TryPop(out var spare) ? spare : new ImageBuffer(width, rows, ColorModel.Rgb, sampleType));
                _strips.Add(index, strip);
            }

            return strip;
        }
    }

    private void Deliver()
    {
        lock (_delivering)
        {
            while (TakeNext() is { } rows)
            {
                sink.Write(rows);
                lock (_gathering)
                {
                    _spare.Push(rows);
                }
            }
        }
    }

    private ImageBuffer? TakeNext()
    {
        lock (_gathering)
        {
            return _strips.TryGetValue(_next, out var strip) && strip.IsFinished && _strips.Remove(_next++) ? strip.Rows : null;
        }
    }

    private sealed class Strip(ImageBuffer rows)
    {
        private int _missing = rows.Height;

        public ImageBuffer Rows => rows;

        public bool IsFinished => Volatile.Read(ref _missing) == 0;

        public int Finish() => Interlocked.Decrement(ref _missing);
    }
}
