namespace SuperRes.Imaging.Data.Catalogue;

/// <summary>One archive of a published data set, as its authors offer it.</summary>
/// <param name="Name">What a user types: <c>div2k-valid-hr</c>, <c>div2k-train-bicubic-x4</c>.</param>
/// <param name="Address">Where it is published.</param>
/// <param name="Bytes">Size of the archive.</param>
/// <param name="Sha256">SHA-256 of the archive, 64 lower-case hexadecimal digits.</param>
/// <param name="Folder">The folder that the archive unpacks into, with forward slashes: <c>DIV2K_valid_LR_bicubic/X4</c>.</param>
/// <param name="Description">What is inside, in words.</param>
public sealed record KnownArchive(string Name, Uri Address, long Bytes, string Sha256, string Folder, string Description)
{
    /// <summary>The archive's own file name: <c>DIV2K_valid_HR.zip</c>.</summary>
    public string FileName => Path.GetFileName(Address.AbsolutePath);
}
