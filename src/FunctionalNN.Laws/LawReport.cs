using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>One law that held.</summary>
/// <param name="Name">One word, for <see cref="LawSettings.Without"/>.</param>
/// <param name="Statement">What it says.</param>
/// <param name="Cases">On how many random cases it was tried.</param>
public sealed record LawResult(string Name, string Statement, int Cases);

/// <summary>Which laws a layer, loss or optimizer keeps.</summary>
public sealed class LawReport
{
    internal LawReport(string subject, ImmutableArray<LawResult> laws)
    {
        Subject = subject;
        Laws = laws;
    }

    /// <summary>What was tried.</summary>
    public string Subject { get; }

    /// <summary>The laws, all of which held.</summary>
    public ImmutableArray<LawResult> Laws { get; }

    /// <summary>A table: each law with its cases and what it says.</summary>
    public override string ToString() => string.Join(
        Environment.NewLine,
        $"{Subject} keeps {Laws.Length} laws",
        TextTable.Of(["law", "says", "cases"],
            [.. Laws.Select(law => new[] { law.Name, law.Statement, law.Cases.ToString(CultureInfo.InvariantCulture) })], left: 2));
}
