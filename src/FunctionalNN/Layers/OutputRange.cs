namespace FunctionalNN;

/// <summary>What is known of the numbers that a layer puts out; a loss says which it can take.</summary>
public enum OutputRange
{
    /// <summary>Any number.</summary>
    Any,

    /// <summary>Independent probabilities: each value lies in [0, 1], and a row need not sum to 1, as after
    /// <see cref="Sigmoid"/>.</summary>
    Probabilities,

    /// <summary>Each row is a distribution: numbers from 0 to 1 that add up to 1.</summary>
    Distribution,

    /// <summary>Each row is the logarithm of a distribution: numbers up to 0.</summary>
    LogDistribution,

    /// <summary>Each number is 0 or more: amounts and rates.</summary>
    NonNegative,

    /// <summary>Each number lies from −1 to 1.</summary>
    Symmetric,
}

/// <summary>Questions that losses ask of a range.</summary>
internal static class OutputRanges
{
    extension(OutputRange range)
    {
        /// <summary>Whether the numbers are probabilities, together or each for itself.</summary>
        public bool IsProbability => range is OutputRange.Probabilities or OutputRange.Distribution;

        /// <summary>Whether the numbers may be taken for logits: not probabilities nor their logarithms.</summary>
        public bool MayBeLogits => !range.IsProbability && range != OutputRange.LogDistribution;

        /// <summary>An advice that helps only where the numbers may be logits.</summary>
        public string OrSetFromLogits => range.MayBeLogits ? ", or set FromLogits" : "";

        /// <summary>An advice that helps only where the numbers are probabilities.</summary>
        public string OrFromLogits => range.IsProbability ? ", or FromLogits" : "";

        /// <summary>In words, for "the network ends in …".</summary>
        public string InWords => range switch
        {
            OutputRange.Probabilities or OutputRange.Distribution => "probabilities",
            OutputRange.LogDistribution => "logarithms of probabilities",
            OutputRange.NonNegative => "numbers from 0 up",
            OutputRange.Symmetric => "numbers from −1 to 1",
            _ => "any numbers",
        };
    }
}
