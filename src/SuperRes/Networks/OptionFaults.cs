using System.Globalization;

namespace SuperRes.Networks;

/// <summary>Collects what is wrong with options, in words that name the key as JSON has it, the value and what was expected.</summary>
internal sealed class OptionFaults
{
    private readonly List<string> _faults = [];

    public IReadOnlyList<string> All => _faults;

    public void Add(string fault) => _faults.Add(fault);

    public void UnlessInRange(string key, int value, int least, int most) =>
        AddUnless(value >= least && value <= most, key, value, $"{least} to {most}");

    public void UnlessOneOf(string key, int value, params IReadOnlyList<int> allowed) =>
        AddUnless(allowed.Contains(value), key, value, Alternatives(allowed));

    public void UnlessDefined<T>(string key, T value)
        where T : struct, Enum =>
        AddUnless(Enum.IsDefined(value), key, value, $"one of {string.Join(", ", Enum.GetNames<T>())}");

    public void AddUnless(bool valid, string key, IFormattable value, string expected)
    {
        if (!valid)
        {
            _faults.Add(string.Create(CultureInfo.InvariantCulture, $"{key} is {value}, expected {expected}"));
        }
    }

    private static string Alternatives(IReadOnlyList<int> allowed) =>
        allowed.Count == 1 ? $"{allowed[0]}" : $"{string.Join(", ", allowed.SkipLast(1))} or {allowed[^1]}";
}
