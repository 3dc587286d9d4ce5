using SuperRes.Engine;
using SuperRes.Pixels;

namespace SuperRes.Upscaling.Streaming;

/// <summary>Rows that come in order, for an engine whose threads each ask for the row they are at.</summary>
internal sealed class EngineRowSource(IImageRowSource source) : IRowSource
{
    private const int StripRows = 16;

    private readonly Lock _lock = new();
    private readonly Dictionary<int, (ImageBuffer Rows, int Unread)> _strips = [];
    private int _rowsRead;

    public void Read(int y, Span<float> row)
    {
        ImageBuffer strip;
        lock (_lock)
        {
            while (y >= _rowsRead)
            {
                ReadStrip();
            }

            // The engine reads each row once: a strip whose rows all have been asked for goes.
            (strip, var unread) = _strips[y / StripRows];
            if (unread == 1)
            {
                _strips.Remove(y / StripRows);
            }
            else
            {
                _strips[y / StripRows] = (strip, unread - 1);
            }
        }

        UnitSamples.Load(strip, y % StripRows, row);
    }

    private void ReadStrip()
    {
        var rows = source.Read(StripRows)!;
        _strips.Add(_rowsRead / StripRows, (rows, rows.Height));
        _rowsRead += rows.Height;
    }
}
