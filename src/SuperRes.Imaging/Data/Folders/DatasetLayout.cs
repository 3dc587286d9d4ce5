namespace SuperRes.Imaging.Data.Folders;

/// <summary>How a data set's folder is arranged.</summary>
public enum DatasetLayout
{
    /// <summary>Images in <c>HR/</c>, low-resolution ones in <c>LR_bicubic/X4/namex4.png</c>, as Set5 and Set14 are passed around.</summary>
    HighResolutionFolder,

    /// <summary>Images in <c>DIV2K_valid_HR/</c>, low-resolution ones in <c>DIV2K_valid_LR_bicubic/X4/0801x4.png</c>; any name may stand for <c>DIV2K_valid</c>.</summary>
    Div2k,

    /// <summary>Images directly in the folder; low-resolution ones, where present, below it in <c>LR_bicubic/X4/namex4.png</c>.</summary>
    Plain,
}
