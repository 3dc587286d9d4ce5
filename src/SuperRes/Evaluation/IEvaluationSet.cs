namespace SuperRes.Evaluation;

/// <summary>
/// The images that models are measured on. The pictures' names are known from the start, so that progress can be counted;
/// their pixels are read one image at a time, when they are needed.
/// </summary>
public interface IEvaluationSet
{
    /// <summary>What reports call the set: <c>Set5</c>, usually its folder's name.</summary>
    string Name { get; }

    /// <summary>The images' names without folder or extension (<c>baby</c>), each once, in a fixed (ordinal) order.</summary>
    IReadOnlyList<string> ImageNames { get; }

    /// <summary>How the set's low-resolution images were made, as their folder is called: <c>mild</c>, <c>bicubic-jpeg40</c>; null for MATLAB's bicubic, which the literature measures on.</summary>
    string? Track => null;

    /// <summary>Reads one image and, where the set has it, the published low-resolution image for the scale.</summary>
    /// <param name="index">Index into <see cref="ImageNames"/>.</param>
    /// <param name="scale">The scale, at least 2.</param>
    /// <param name="cancellationToken">Ends the work early with <see cref="OperationCanceledException"/>.</param>
    /// <returns>New buffers that the caller owns.</returns>
    /// <exception cref="Exception">
    /// The image can't be read. The evaluator records the exception's message as that image's failure and goes on with
    /// the next one, so the message must be one clear line for a person.
    /// </exception>
    EvaluationPair Load(int index, int scale, CancellationToken cancellationToken = default);
}
