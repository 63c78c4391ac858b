namespace FunctionalNN;

/// <summary>What is known of the numbers that a layer puts out; a loss says which it can take.</summary>
public enum OutputRange
{
    /// <summary>Any number.</summary>
    Any,

    /// <summary>Each number lies from 0 to 1: probabilities that know nothing of each other.</summary>
    Probabilities,

    /// <summary>Each row is a distribution: numbers from 0 to 1 that add up to 1.</summary>
    Distribution,
}
