namespace FunctionalNN;

/// <summary>In what a loss is measured.</summary>
internal static class LossUnit
{
    public static string? Of(Loss? loss) => loss switch
    {
        CategoricalCrossEntropy or BinaryCrossEntropy or NegativeLogLikelihood or KullbackLeibler => "nats",
        MeanSquaredError => "target²",
        MeanAbsoluteError => "target",
        _ => null,
    };
}
