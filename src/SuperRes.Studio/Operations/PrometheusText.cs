using System.Globalization;
using System.Text;

namespace SuperRes.Studio.Operations;

/// <summary>Prometheus' text format, version 0.0.4.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();

    /// <summary>Begins the samples of one name.</summary>
    public void Family(string name, string type, string help) =>
        _text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    /// <summary>A value, its labels part of the name.</summary>
    public void Sample(string name, double value) => _text.Append(name).Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');

    /// <summary>A name that has one value.</summary>
    public void Single(string name, string type, string help, double value)
    {
        Family(name, type, help);
        Sample(name, value);
    }

    /// <summary>A histogram.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="help">What it counts.</param>
    /// <param name="bounds">Upper bounds, ascending.</param>
    /// <param name="counts">How many fell below each bound and above the one before; the last, how many above all.</param>
    /// <param name="total">The sum of all values.</param>
    public void Histogram(string name, string help, double[] bounds, long[] counts, double total)
    {
        Family(name, "histogram", help);
        var below = 0L;
        for (var i = 0; i <= bounds.Length; i++)
        {
            below += counts[i];
            var bound = i == bounds.Length ? "+Inf" : bounds[i].ToString("R", CultureInfo.InvariantCulture);
            Sample($"{name}_bucket{{le=\"{bound}\"}}", below);
        }

        Sample($"{name}_sum", total);
        Sample($"{name}_count", below);
    }

    /// <inheritdoc/>
    public override string ToString() => _text.ToString();
}
