namespace SuperRes.Metrics;

/// <summary>All that someone needs to reproduce a number, in plain values for reports and JSON.</summary>
/// <param name="Name">The protocol's name: <c>y</c>, <c>rgb</c>, <c>div2k</c> or <c>paper</c>.</param>
/// <param name="Channel">What is measured of a colour image.</param>
/// <param name="Gray">What is measured of a gray image.</param>
/// <param name="Shave">Pixels cut from each edge before measuring, as a formula of the scale.</param>
/// <param name="Peak">The value of white in PSNR and SSIM.</param>
/// <param name="Window">SSIM's window and constants.</param>
/// <param name="Rounding">How samples are rounded before they are measured.</param>
/// <param name="Degradation">How low-resolution images are made.</param>
/// <param name="Notes">What else to know before comparing with other tables.</param>
public sealed record ProtocolCard(
    string Name,
    string Channel,
    string Gray,
    string Shave,
    double Peak,
    string Window,
    string Rounding,
    string Degradation,
    IReadOnlyList<string> Notes);
