using System.Globalization;

namespace FunctionalNN.Examples;

/// <summary>One line of the reproduction table: what somebody published and what came out here.</summary>
/// <param name="What">The quantity, with the seeds where it is a mean.</param>
/// <param name="Published">The published number as text; "–" where there is none.</param>
/// <param name="Ours">Ours.</param>
/// <param name="Band">What passes.</param>
public sealed record Result(string What, string Published, double Ours, Band Band)
{
    /// <summary>How our number is written.</summary>
    public string Format { get; init; } = "F4";

    /// <summary>Whether a short run is judged too: for numbers that do not depend on how long was trained.</summary>
    public bool HoldsInShort { get; init; }

    /// <summary>Our number as text.</summary>
    public string OursText => Ours.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>pass or fail; in a short run mostly "short": it ended, with a finite number.</summary>
    public string Verdict(bool isShort) =>
        !double.IsFinite(Ours) ? "fail"
        : Band == Band.None ? "–"
        : isShort && !HoldsInShort ? "short"
        : Band.Contains(Ours) ? "pass" : "fail";
}
