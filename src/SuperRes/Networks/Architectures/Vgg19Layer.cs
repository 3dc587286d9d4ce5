using System.Text.Json.Serialization;

namespace SuperRes.Networks.Architectures;

/// <summary>A convolution of VGG-19 whose features a content loss compares.</summary>
[JsonConverter(typeof(CamelCaseEnumConverter<Vgg19Layer>))]
public enum Vgg19Layer
{
    /// <summary>The second before the second pooling: SRGAN-VGG22, textures at half size.</summary>
    Conv22,

    /// <summary>The fourth before the fifth pooling: SRGAN-VGG54, content at a sixteenth of the size.</summary>
    Conv54,
}
