using FsCheck;

namespace FunctionalNN;

/// <summary>A law: what it says, on which cases, and a check that throws <see cref="LawFailure"/> where it does not hold.</summary>
/// <param name="Name">One word.</param>
/// <param name="Statement">A sentence without a full stop.</param>
/// <param name="Cases">Random cases.</param>
/// <param name="Check">Returns when the law holds.</param>
internal sealed record Law(string Name, string Statement, Gen<TrainingCase> Cases, Action<TrainingCase> Check)
{
    /// <summary>Whether its cases take long, so that fewer are tried.</summary>
    public bool IsLarge { get; init; }
}

/// <summary>What a law found.</summary>
internal sealed class LawFailure(string finding) : Exception(finding);
