namespace SuperRes.Imaging.Metadata;

/// <summary>The tags that are treated by name (TIFF 6.0, EXIF 2.32, XMP, and Windows' own).</summary>
internal static class TiffTag
{
    public const ushort NewSubfileType = 254;
    public const ushort ImageWidth = 256;
    public const ushort ImageLength = 257;
    public const ushort BitsPerSample = 258;
    public const ushort Compression = 259;
    public const ushort PhotometricInterpretation = 262;
    public const ushort StripOffsets = 273;
    public const ushort Orientation = 274;
    public const ushort SamplesPerPixel = 277;
    public const ushort RowsPerStrip = 278;
    public const ushort StripByteCounts = 279;
    public const ushort HorizontalResolution = 282;
    public const ushort VerticalResolution = 283;
    public const ushort ResolutionUnit = 296;
    public const ushort SubDirectories = 330;
    public const ushort ExtraSamples = 338;
    public const ushort SampleFormat = 339;
    public const ushort YCbCrCoefficients = 529;
    public const ushort YCbCrSubSampling = 530;
    public const ushort ReferenceBlackWhite = 532;
    public const ushort Iptc = 33723;
    public const ushort ExifDirectory = 34665;
    public const ushort GpsDirectory = 34853;
    public const ushort InteroperabilityDirectory = 40965;
    public const ushort IccProfile = 34675;
    public const ushort DngVersion = 50706;
    public const ushort PixelXDimension = 40962;
    public const ushort PixelYDimension = 40963;

    /// <summary>Whether the value is the offset of another directory that EXIF defines.</summary>
    public static bool IsDirectory(ushort tag) => tag is ExifDirectory or GpsDirectory or InteroperabilityDirectory;

    /// <summary>
    /// Whether a tag of the first directory describes the picture and so may travel: document name, description, make,
    /// model, page name, software, date, artist, host, white point, primaries, rating, copyright, and the XP strings.
    /// </summary>
    public static bool IsDescriptive(ushort tag) =>
        tag is 269 or 270 or 271 or 272 or 285 or 305 or 306 or 315 or 316 or 318 or 319 or 18246 or 18249 or 33432 or (>= 40091 and <= 40095);

    /// <summary>
    /// Whether a tag of the first directory only says how this file stores its pixels, or travels by another way
    /// (resolution, XMP, IPTC, Photoshop's copy of it, ICC): nothing is lost when it is not copied.
    /// </summary>
    public static bool IsStructural(ushort tag) =>
        tag is (>= 254 and <= 266) or (>= 273 and <= 284) or (>= 290 and <= 293) or ResolutionUnit or 297 or 317 or
            (>= 320 and <= 347) or (>= 512 and <= 532) or 700 or Iptc or 34377 or IccProfile;
}
