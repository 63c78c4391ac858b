namespace FunctionalNN;

/// <summary>How a loss reads the outputs of a network: what reports make classes or yes-or-no answers from.</summary>
public enum OutputReading
{
    /// <summary>Quantities, as in regression.</summary>
    Quantities,

    /// <summary>One class of several: a probability, or the logarithm of one, for each.</summary>
    ClassProbabilities,

    /// <summary>One class of several: logits, of which the softmax gives the probabilities.</summary>
    ClassLogits,

    /// <summary>One class of several: scores without a scale, the greatest of which decides.</summary>
    ClassScores,

    /// <summary>Yes-or-no answers: the probability of yes, which is the answer above ½.</summary>
    AnswerProbabilities,

    /// <summary>Yes-or-no answers: logits, of which the sigmoid gives the probability of yes; yes above 0.</summary>
    AnswerLogits,

    /// <summary>Yes-or-no answers: scores without a scale; yes above 0.</summary>
    AnswerScores,
}

/// <summary>Questions that reports ask of a reading.</summary>
internal static class OutputReadings
{
    extension(OutputReading reading)
    {
        /// <summary>Whether one class of several is predicted.</summary>
        public bool IsOneClass => reading is OutputReading.ClassProbabilities or OutputReading.ClassLogits or OutputReading.ClassScores;

        /// <summary>Whether the outputs are yes-or-no answers.</summary>
        public bool IsYesOrNo => reading is OutputReading.AnswerProbabilities or OutputReading.AnswerLogits or OutputReading.AnswerScores;

        /// <summary>Above which output the answer is yes.</summary>
        public double Threshold => reading is OutputReading.AnswerLogits or OutputReading.AnswerScores ? 0 : 0.5;
    }
}
