using SuperRes.Upscaling;

namespace SuperRes.Studio.Models;

/// <summary>A method in memory, which lasts until it is off the shelf and nobody borrows it.</summary>
internal sealed class LoadedModel(string name, Upscaler upscaler)
{
    private readonly Lock _lock = new();
    private int _holders = 1;

    public string Name { get; } = name;

    public Upscaler Upscaler { get; } = upscaler;

    public void Borrow()
    {
        lock (_lock)
        {
            _holders++;
        }
    }

    public void Drop()
    {
        lock (_lock)
        {
            if (--_holders == 0)
            {
                Upscaler.Dispose();
            }
        }
    }
}
