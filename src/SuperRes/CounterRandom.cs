namespace SuperRes;

/// <summary>
/// Random numbers as a pure function of a key: nothing to save, nothing to advance, the same on every machine.
/// The mixing is SplitMix64's finaliser (Steele et al. 2014) over the key's words.
/// </summary>
internal struct CounterRandom
{
    private ulong _state;

    public CounterRandom(ulong seed, ulong stream, ulong counter)
    {
        _state = Mix(Mix(Mix(seed + 0x9E3779B97F4A7C15) ^ stream) ^ (counter * 0xD1B54A32D192ED03));
    }

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        return Mix(_state);
    }

    /// <summary>Uniform in [0, bound), without modulo bias worth speaking of (bound is far below 2^32).</summary>
    public int Next(int bound) => (int)(((UInt128)Next() * (ulong)bound) >> 64);

    /// <summary>Uniform in [0, 1).</summary>
    public double NextUnit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
