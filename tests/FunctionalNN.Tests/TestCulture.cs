using System.Globalization;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Tests;

/// <summary>The whole suite runs under another culture where the variable FUNCTIONALNN_CULTURE names one, such as de-DE.</summary>
internal static class TestCulture
{
    public const string Variable = "FUNCTIONALNN_CULTURE";

    /// <summary>The named culture. Where the machine has no ICU, those that are known here are put together from what matters.</summary>
    public static CultureInfo Named(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            var format = culture.NumberFormat;
            (format.NumberDecimalSeparator, format.NumberGroupSeparator, format.NegativeSign) = name switch
            {
                "de-DE" or "tr-TR" => (",", ".", "-"),
                "fa-IR" => ("\u066B", "\u066C", "\u200E\u2212"),
                "sv-SE" => (",", "\u00A0", "\u2212"),
                _ => throw new ArgumentException($"{Variable} is {name}, and without ICU only de-DE, tr-TR, fa-IR and sv-SE are known"),
            };
            (format.PercentDecimalSeparator, format.CurrencyDecimalSeparator) =
                (format.NumberDecimalSeparator, format.NumberDecimalSeparator);
            return culture;
        }
    }

    [ModuleInitializer]
    internal static void Use()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } name)
        {
            CultureInfo.DefaultThreadCurrentCulture = CultureInfo.DefaultThreadCurrentUICulture = CultureInfo.CurrentCulture = Named(name);
        }
    }
}
