using SuperRes.Imaging.Data.Catalogue;

namespace SuperRes.Imaging.Tests.Data.Catalogue;

public sealed class DatasetCatalogueTests
{
    /// <summary>The archives that the authors' page links to (data.vision.ee.ethz.ch/cvl/DIV2K), in the order of the challenges' tracks.</summary>
    private static readonly string[] Div2kTracks =
        ["HR", "LR_bicubic_X2", "LR_bicubic_X3", "LR_bicubic_X4", "LR_x8", "LR_unknown_X2", "LR_unknown_X3", "LR_unknown_X4", "LR_mild", "LR_difficult", "LR_wild"];

    public static TheoryData<string> Archives => [.. DatasetCatalogue.Datasets.SelectMany(dataset => dataset.Archives).Select(archive => archive.Name)];

    [Fact]
    public void Datasets_OfDiv2k_HasEveryPublishedTrack()
    {
        var expected = new[] { "train", "valid" }.SelectMany(split => Div2kTracks.Select(track => $"DIV2K_{split}_{track}.zip"));

        var dataset = Assert.Single(DatasetCatalogue.Datasets);

        Assert.Equal(expected, dataset.Archives.Select(archive => archive.FileName));
        Assert.Contains("academic research", dataset.Licence, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Archives))]
    public void Find_OfEachName_GivesASoundArchive(string name)
    {
        var archive = Assert.Single(DatasetCatalogue.Find(name));

        Assert.Matches("^[0-9a-f]{64}$", archive.Sha256);
        Assert.InRange(archive.Bytes, 1 << 20, 1L << 33);
        Assert.Equal(Uri.UriSchemeHttps, archive.Address.Scheme);
        Assert.Matches("^[a-z0-9-]+$", archive.Name);
        Assert.StartsWith(archive.Folder.Replace('/', '_'), archive.FileName, StringComparison.Ordinal);
    }

    [Fact]
    public void Datasets_OfEveryArchive_HaveTheirOwnNameAddressSizeAndChecksum()
    {
        var archives = DatasetCatalogue.Datasets.SelectMany(dataset => dataset.Archives).ToList();

        Assert.Equal(archives.Count, archives.DistinctBy(archive => archive.Name).Count());
        Assert.Equal(archives.Count, archives.DistinctBy(archive => archive.Address).Count());
        Assert.Equal(archives.Count, archives.DistinctBy(archive => archive.Bytes).Count());
        Assert.Equal(archives.Count, archives.DistinctBy(archive => archive.Sha256).Count());
    }

    [Fact]
    public void Bytes_OfTheX2Archives_AddUpToWhatTensorFlowDatasetsMeasured() =>
        // size_in_bytes of div2k/bicubic_x2 in the dataset_info of tensorflow/datasets pull request 1276.
        Assert.Equal(5_022_751_798, new[] { "train-hr", "train-bicubic-x2", "valid-hr", "valid-bicubic-x2" }
            .Sum(name => DatasetCatalogue.Find("div2k-" + name)[0].Bytes));

    [Theory]
    [InlineData("DIV2K_valid_HR", "div2k-valid-hr")]
    [InlineData("div2k_valid_lr_x8.ZIP", "div2k-valid-bicubic-x8")]
    [InlineData("DIV2K-VALID-HR", "div2k-valid-hr")]
    public void Find_OfAPublishedFileName_GivesItsArchive(string name, string expected) =>
        Assert.Equal(expected, Assert.Single(DatasetCatalogue.Find(name)).Name);

    [Fact]
    public void Find_OfAPattern_GivesAllThatFit() =>
        Assert.Equal(
            ["div2k-valid-bicubic-x2", "div2k-valid-bicubic-x3", "div2k-valid-bicubic-x4", "div2k-valid-bicubic-x8"],
            DatasetCatalogue.Find("div2k-valid-bicubic-*").Select(archive => archive.Name));

    [Fact]
    public void Find_OfAnUnknownName_GivesNothing() => Assert.Empty(DatasetCatalogue.Find("div4k"));

    [Fact]
    public void DatasetOf_AnArchive_IsTheSetThatListsIt()
    {
        var archive = DatasetCatalogue.Find("div2k-train-hr")[0];

        Assert.Equal("DIV2K", DatasetCatalogue.DatasetOf(archive).Name);
        Assert.Throws<ArgumentException>(() => DatasetCatalogue.DatasetOf(archive with { Name = "other" }));
    }
}
