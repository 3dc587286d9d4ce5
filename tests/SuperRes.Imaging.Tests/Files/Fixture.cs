namespace SuperRes.Imaging.Tests.Files;

/// <summary>The files in <c>fixtures/</c>; its README says who made them and what they show.</summary>
internal static class Fixture
{
    public static byte[] Bytes(string name)
    {
        using var resource = typeof(Fixture).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no fixture '{name}'.", nameof(name));
        using var memory = new MemoryStream();
        resource.CopyTo(memory);
        return memory.ToArray();
    }

    /// <summary>Reads a file's bytes with the library under test.</summary>
    public static LoadedImage Load(byte[] file) => ImageFile.Read(new MemoryStream(file));
}
