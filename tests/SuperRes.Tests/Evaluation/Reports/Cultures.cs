using System.Globalization;

namespace SuperRes.Tests.Evaluation.Reports;

/// <summary>Runs code under cultures whose decimal signs, minus signs, calendars and list separators differ.</summary>
internal static class Cultures
{
    public static TheoryData<string> Names { get; } = new("de-DE", "ar-SA", "th-TH", "fa-IR", "sv-SE", "tr-TR", "fr-FR", "hi-IN");

    public static T Under<T>(string name, Func<T> code)
    {
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Make(name);
            return code();
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
    }

    /// <summary>The culture, with the signs it has where a machine without culture data gives it the invariant ones.</summary>
    private static CultureInfo Make(string name)
    {
        var culture = (CultureInfo)CultureInfo.GetCultureInfo(name).Clone();
        culture.NumberFormat.NumberDecimalSeparator = name.StartsWith("ar", StringComparison.Ordinal) ? "٫" : ",";
        culture.NumberFormat.NumberGroupSeparator = " ";
        culture.NumberFormat.NegativeSign = "−−";
        culture.NumberFormat.PositiveInfinitySymbol = "unendlich";
        culture.DateTimeFormat.DateSeparator = "!";
        culture.DateTimeFormat.TimeSeparator = "!";
        return culture;
    }
}
