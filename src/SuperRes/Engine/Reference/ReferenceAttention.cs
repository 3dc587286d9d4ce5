namespace SuperRes.Engine.Reference;

/// <summary>Scaled dot-product attention by its definition.</summary>
internal static class ReferenceAttention
{
    /// <summary>N, 3C, H, W of Q, K, V to N, C, H, W: per head, softmax over all positions k of (q . k) / sqrt(d), times v.</summary>
    public static ReferenceMap SelfAttention(ReferenceMap qkv, int heads)
    {
        var channels = qkv.Channels / 3;
        var depth = channels / heads;
        var positions = qkv.Height * qkv.Width;
        var y = new ReferenceMap(qkv.Batch, channels, qkv.Height, qkv.Width);
        for (var n = 0; n < qkv.Batch; n++)
        {
            for (var first = 0; first < channels; first += depth)
            {
                for (var query = 0; query < positions; query++)
                {
                    double[] scores = [.. Enumerable.Range(0, positions).Select(key =>
                        Enumerable.Range(first, depth).Sum(c => At(n, c, query) * At(n, channels + c, key)) / Math.Sqrt(depth))];
                    var weights = ReferenceMath.Softmax(scores);
                    for (var c = first; c < first + depth; c++)
                    {
                        y[n, c, query / qkv.Width, query % qkv.Width] =
                            Enumerable.Range(0, positions).Sum(key => weights[key] * At(n, (2 * channels) + c, key));
                    }
                }
            }
        }

        return y;

        double At(int n, int c, int position) => qkv[n, c, position / qkv.Width, position % qkv.Width];
    }
}
