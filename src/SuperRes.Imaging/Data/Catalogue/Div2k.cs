namespace SuperRes.Imaging.Data.Catalogue;

/// <summary>
/// DIV2K (Agustsson and Timofte 2017). Addresses, sizes and SHA-256 are those that TensorFlow Datasets recorded when it
/// downloaded the archives: github.com/tensorflow/datasets, <c>tensorflow_datasets/datasets/div2k/checksums.tsv</c>.
/// The licence is the notice on the authors' page.
/// </summary>
internal static class Div2k
{
    private const string Site = "https://data.vision.ee.ethz.ch/cvl/DIV2K/";

    public static KnownDataset Dataset { get; } = new(
        "DIV2K",
        new Uri(Site),
        "This dataset is made available for academic research purpose only. All the images are collected from the Internet, " +
        "and the copyright belongs to the original owners.",
        "E. Agustsson and R. Timofte. NTIRE 2017 Challenge on Single Image Super-Resolution: Dataset and Study. CVPR Workshops, 2017.",
        [
            HighResolution("train", 3530603713, "9d0b9c463f6e35b6c62cc6a930ee2224f670b34c1df841a57670f9acf0f6c335"),
            Bicubic("train", 2, 925390592, "a53a424317575838dadce4bcd97cf7b744d6855f43740ed5f0245af3cf4bd850"),
            Bicubic("train", 3, 427847282, "ad5c8e5507e2765823d3c2c5bd0934842efcd487c5370604c224090898b3163a"),
            Bicubic("train", 4, 246914039, "f006b837f4eb52b82909aa01478e6d6d199eefce932179491d0c9dbb706dde3a"),
            BicubicX8("train", 65753171, "706fa23164fa0756a3accb78e69b937ea47f882b47e13506895deefd623a35c2"),
            Unknown("train", 2, 734182735, "f166eeba119fc55bfc9a99c05561980e7a965382f36640ce8ef626c9f61d122c"),
            Unknown("train", 3, 377245548, "b6455af3b2aa02d76ae3238c49d7aae3b48b0acdc44b5bdc0f4c02d40ebcb43b"),
            Unknown("train", 4, 208956781, "d131c7aad51e0abbdc4433362ce899e5e75f40b9847ead70ee995188e8fd0adb"),
            Realistic("train", "mild", 275693358, "ce5fbe6252d1000c55656b0666dccdeaf8e66b86ae5ff528c49343012e8e1391"),
            Realistic("train", "difficult", 263211252, "50624a649a0857fdb8e4a948e79c44c37dedbacb5729f9349cc983c47bfdf799"),
            Realistic("train", "wild", 1079873385, "ce68f7db812d12241212bb9d6b07406472bef3d785c463238888b44189c5ceb3"),
            HighResolution("valid", 448993893, "20dd31fd84d777bc1cf5d6b7654a3f569c0aec74458ae094122ad1d0489900fc"),
            Bicubic("valid", 2, 117763600, "60eed9875c697df51204aa579e2a699e1d5215095788a097ff54dd17e2664d57"),
            Bicubic("valid", 3, 54513392, "04b9a2ed3b4a0715d3924d3ae8514830c3328fac8d30512ce716d6f419e052a3"),
            Bicubic("valid", 4, 31505881, "a50a5d1c4b88de4e8d300d8fb2b904c52fe93b2b298a4899697760d7cbb6d553"),
            BicubicX8("valid", 8428103, "3432f23da7c6887acc5e2cde9669427a7710b3b256c58912dddc19e3eda5bc69"),
            Unknown("valid", 2, 93433041, "ec50bb084c0011130874efd2ed7859b46e0aa7104c565818d5271ac315e04e0a"),
            Unknown("valid", 3, 48143315, "ebf23a3e1ef6800cae97285d3a50d022d89b62655e685884c0abcc89eec5b809"),
            Unknown("valid", 4, 26695095, "e3897555a98de1157c20974fb6093105fbc1ff5e9caf7bd348f58f6da140fbef"),
            Realistic("valid", "mild", 35300939, "eedfbcb6acc6662a3f52924aaa5a423693244f3276d37c3fca7944c7325859ff"),
            Realistic("valid", "difficult", 33596835, "08b4e740496b50846497463121329c707dd8ed26eb8a655d175e9a595286d5e8"),
            Realistic("valid", "wild", 34655417, "ce921d2048eef3e1fd9ba359d1876b1c93e33bd7a531306f7782672391df9820"),
        ]);

    private static KnownArchive HighResolution(string split, long bytes, string sha256) => Archive(
        $"{split}-hr", $"DIV2K_{split}_HR", $"DIV2K_{split}_HR", bytes, sha256, $"{Images(split)} high-resolution images ({Range(split)})");

    private static KnownArchive Bicubic(string split, int scale, long bytes, string sha256) => Archive(
        $"{split}-bicubic-x{scale}", $"DIV2K_{split}_LR_bicubic_X{scale}", $"DIV2K_{split}_LR_bicubic/X{scale}", bytes, sha256,
        $"low-resolution images, MATLAB bicubic x{scale}");

    // The x8 track came a year later (NTIRE 2018) and is named by another rule.
    private static KnownArchive BicubicX8(string split, long bytes, string sha256) => Archive(
        $"{split}-bicubic-x8", $"DIV2K_{split}_LR_x8", $"DIV2K_{split}_LR_x8", bytes, sha256, "low-resolution images, MATLAB bicubic x8");

    private static KnownArchive Unknown(string split, int scale, long bytes, string sha256) => Archive(
        $"{split}-unknown-x{scale}", $"DIV2K_{split}_LR_unknown_X{scale}", $"DIV2K_{split}_LR_unknown/X{scale}", bytes, sha256,
        $"low-resolution images, undisclosed degradation x{scale}");

    private static KnownArchive Realistic(string split, string track, long bytes, string sha256) => Archive(
        $"{split}-{track}-x4", $"DIV2K_{split}_LR_{track}", $"DIV2K_{split}_LR_{track}", bytes, sha256,
        $"low-resolution images, realistic degradation x4 ({track})");

    private static KnownArchive Archive(string name, string file, string folder, long bytes, string sha256, string description) =>
        new($"div2k-{name}", new Uri($"{Site}{file}.zip"), bytes, sha256, folder, description);

    private static int Images(string split) => split == "train" ? 800 : 100;

    private static string Range(string split) => split == "train" ? "0001 to 0800" : "0801 to 0900";
}
