using System.Numerics;

namespace SuperRes.Engine.Gradients;

/// <summary>Small loops over values in memory. They run at the speed of memory, whatever the vectors' width.</summary>
internal static unsafe class Elementwise
{
    /// <summary>Multiplies values by the slope where the mask is not above 0.</summary>
    public static void Apply(float* values, float* mask, float slope, nint count)
    {
        var slopes = new Vector<float>(slope);
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var value = Vector.Load(values + i);
            Vector.ConditionalSelect(Vector.GreaterThan(Vector.Load(mask + i), Vector<float>.Zero), value, value * slopes).Store(values + i);
        }

        for (; i < count; i++)
        {
            values[i] = mask[i] > 0 ? values[i] : slope * values[i];
        }
    }

    /// <summary>target = f(source + bias), where f multiplies what is below zero by the slope.</summary>
    /// <param name="bias">Null for none.</param>
    /// <param name="slope">1 leaves values as they are.</param>
    public static void PutRectified(float* target, float* source, float* bias, float slope, nint count)
    {
        var slopes = new Vector<float>(slope);
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var value = Vector.Load(source + i) + (bias is null ? Vector<float>.Zero : Vector.Load(bias + i));
            Vector.ConditionalSelect(Vector.GreaterThan(value, Vector<float>.Zero), value, value * slopes).Store(target + i);
        }

        for (; i < count; i++)
        {
            var value = source[i] + (bias is null ? 0 : bias[i]);
            target[i] = value > 0 ? value : slope * value;
        }
    }

    /// <summary>target += source.</summary>
    public static void Add(float* target, float* source, nint count)
    {
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            (Vector.Load(target + i) + Vector.Load(source + i)).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] += source[i];
        }
    }

    /// <summary>target = source, or target += source.</summary>
    public static void Put(float* target, float* source, nint count, bool accumulate)
    {
        if (accumulate)
        {
            Add(target, source, count);
        }
        else
        {
            Buffer.MemoryCopy(source, target, count * sizeof(float), count * sizeof(float));
        }
    }

    /// <summary>target = value, or target += value, for all of it.</summary>
    public static void PutValue(float* target, float value, nint count, bool accumulate)
    {
        var values = new Vector<float>(value);
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            (accumulate ? Vector.Load(target + i) + values : values).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = (accumulate ? target[i] : 0) + value;
        }
    }

    /// <summary>target = factor * source, or target += factor * source.</summary>
    public static void PutScaled(float* target, float* source, float factor, nint count, bool accumulate)
    {
        var factors = new Vector<float>(factor);
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var value = Vector.Load(source + i) * factors;
            (accumulate ? Vector.Load(target + i) + value : value).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = (accumulate ? target[i] : 0) + (source[i] * factor);
        }
    }

    /// <summary>target = x * y, or target += x * y.</summary>
    public static void PutProduct(float* target, float* x, float* y, nint count, bool accumulate)
    {
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            var value = Vector.Load(x + i) * Vector.Load(y + i);
            (accumulate ? Vector.Load(target + i) + value : value).Store(target + i);
        }

        for (; i < count; i++)
        {
            target[i] = (accumulate ? target[i] : 0) + (x[i] * y[i]);
        }
    }

    /// <summary>The sum of x * y.</summary>
    public static float Dot(float* x, float* y, nint count)
    {
        var sums = Vector<float>.Zero;
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            sums += Vector.Load(x + i) * Vector.Load(y + i);
        }

        var sum = Vector.Sum(sums);
        for (; i < count; i++)
        {
            sum += x[i] * y[i];
        }

        return sum;
    }

    /// <summary>The sum of values.</summary>
    public static float Sum(float* values, nint count)
    {
        var sums = Vector<float>.Zero;
        nint i = 0;
        for (; i + Vector<float>.Count <= count; i += Vector<float>.Count)
        {
            sums += Vector.Load(values + i);
        }

        var sum = Vector.Sum(sums);
        for (; i < count; i++)
        {
            sum += values[i];
        }

        return sum;
    }

    /// <summary>Adds the sum of rows to one row.</summary>
    public static void AddRows(float* rows, nint stride, int count, float* target, int columns)
    {
        var column = 0;
        for (; column + Vector<float>.Count <= columns; column += Vector<float>.Count)
        {
            var sum = Vector<float>.Zero;
            for (var row = 0; row < count; row++)
            {
                sum += Vector.Load(rows + (row * stride) + column);
            }

            (Vector.Load(target + column) + sum).Store(target + column);
        }

        for (; column < columns; column++)
        {
            float sum = 0;
            for (var row = 0; row < count; row++)
            {
                sum += rows[(row * stride) + column];
            }

            target[column] += sum;
        }
    }
}
