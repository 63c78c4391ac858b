using System.Globalization;
using System.Text;

namespace FunctionalNN;

/// <summary>The text that the compiler makes of a record, <c>Huber { Delta = 0.5 }</c>, with numbers the same in every culture: the members
/// are printed by the compiler's own method, which asks the thread's.</summary>
internal static class RecordText
{
    public static string Of(string name, Func<StringBuilder, bool> printMembers)
    {
        var text = new StringBuilder(name).Append(" { ");
#pragma warning disable RS0030 // For the length of this call, on this thread: the compiler's PrintMembers takes no culture.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            text.Append(printMembers(text) ? " }" : "}");
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
#pragma warning restore RS0030

        return text.ToString();
    }
}
