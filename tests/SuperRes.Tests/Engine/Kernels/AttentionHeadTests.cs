using SuperRes.Engine.Kernels;
using SuperRes.Engine.Simd;

namespace SuperRes.Tests.Engine.Kernels;

/// <summary>The products of self-attention, at every vector width, against their definition in double precision.</summary>
public sealed unsafe class AttentionHeadTests
{
    private const double Tolerance = 3e-6;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 3)]
    [InlineData(16, 16)]
    [InlineData(55, 32)]
    [InlineData(131, 70)]
    public void Weigh_OfAnySize_GivesSoftmaxOfScaledDotProducts(int positions, int depth)
    {
        Check<Simd128>(positions, depth, factor: 1);
        Check<Simd256>(positions, depth, factor: 1);
        Check<Simd512>(positions, depth, factor: 1);
    }

    [Fact]
    public void Weigh_OfLargeScores_NeitherOverflowsNorLosesTheLargest()
    {
        Check<Simd128>(20, 8, factor: 200);
        Check<Simd256>(20, 8, factor: 200);
        Check<Simd512>(20, 8, factor: 200);
    }

    private static void Check<TSimd>(int positions, int depth, float factor)
        where TSimd : unmanaged, ISimd<TSimd>
    {
        using var memory = new Memory(seed: 3);
        var head = new AttentionHead<TSimd>(positions, depth);
        var stride = depth + 2;
        float* queries = memory.Random(AttentionHead<TSimd>.Queries * stride), keys = memory.Random(positions * stride), values = memory.Random(positions * stride);
        for (var i = 0; i < positions * stride; i++)
        {
            keys[i] *= factor;
        }

        float* block = memory.Empty((int)head.BlockLength), columns = memory.Empty((int)head.ColumnsLength), rows = memory.Empty((int)head.RowsLength);
        float* weights = memory.Empty((int)head.WeightsLength), sums = memory.Empty((int)head.BlockLength);
        var half = positions / 2;
        head.PackColumns(keys, stride, 0, half, columns);
        head.PackColumns(keys + (half * stride), stride, half, positions - half, columns);
        head.PackRows(values, stride, 0, half, rows);
        head.PackRows(values + (half * stride), stride, half, positions - half, rows);
        for (var query = 0; query < AttentionHead<TSimd>.Queries; query++)
        {
            head.PutRow(queries + (query * stride), query, block);
        }

        head.Weigh(block, columns, weights);
        head.Sum(weights, rows, sums);

        for (var query = 0; query < AttentionHead<TSimd>.Queries; query++)
        {
            var expected = Softmax([.. Enumerable.Range(0, positions).Select(key => Dot(queries + (query * stride), keys + (key * stride), depth) / Math.Sqrt(depth))]);
            for (var key = 0; key < head.Keys; key++)
            {
                Assert.Equal(key < positions ? expected[key] : 0, weights[(query * head.Keys) + key], Tolerance * factor);
            }

            for (var c = 0; c < head.Columns; c++)
            {
                var sum = c < depth ? expected.Select((weight, key) => weight * values[(key * stride) + c]).Sum() : 0;
                Assert.Equal(sum, sums[(query * head.Columns) + c], Tolerance * factor);
            }
        }
    }

    private static double Dot(float* x, float* y, int count) => Enumerable.Range(0, count).Sum(i => (double)x[i] * y[i]);

    private static double[] Softmax(double[] scores)
    {
        var powers = Array.ConvertAll(scores, score => Math.Exp(score - scores.Max()));
        return Array.ConvertAll(powers, power => power / powers.Sum());
    }
}
