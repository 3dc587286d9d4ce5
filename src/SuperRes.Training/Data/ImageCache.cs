namespace SuperRes.Training.Data;

/// <summary>Keeps decoded images up to a number of bytes; the one unused for longest goes first. Safe for several threads.</summary>
internal sealed class ImageCache(Func<int, TrainingImage> load, long capacity)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, LinkedListNode<(int Index, Lazy<TrainingImage> Image)>> _nodes = [];
    private readonly LinkedList<(int Index, Lazy<TrainingImage> Image)> _byUse = new();
    private long _bytes;

    /// <summary>The image, decoded at most once while it stays in the cache, whoever asks for it at the same time.</summary>
    public TrainingImage Get(int index)
    {
        Lazy<TrainingImage> image;
        lock (_lock)
        {
            if (_nodes.TryGetValue(index, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddFirst(node);
            }
            else
            {
                node = _byUse.AddFirst((index, new Lazy<TrainingImage>(() => Load(index))));
                _nodes[index] = node;
            }

            image = node.Value.Image;
        }

        return image.Value;
    }

    private TrainingImage Load(int index)
    {
        var image = load(index);
        lock (_lock)
        {
            _bytes += image.Bytes;
            // Entries that are still being decoded are not counted yet, and stay.
            for (var node = _byUse.Last; node is not null && _bytes > capacity;)
            {
                var (candidate, previous) = (node, node.Previous);
                if (candidate.Value.Index != index && candidate.Value.Image.IsValueCreated)
                {
                    _bytes -= candidate.Value.Image.Value.Bytes;
                    _byUse.Remove(candidate);
                    _nodes.Remove(candidate.Value.Index);
                }

                node = previous;
            }
        }

        return image;
    }
}
