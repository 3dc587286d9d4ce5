using System.Text.Json.Serialization;

namespace SuperRes.Imaging.Data.Download;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PartialFileState))]
[JsonSerializable(typeof(ArchiveReceipt))]
internal sealed partial class DownloadJson : JsonSerializerContext;
