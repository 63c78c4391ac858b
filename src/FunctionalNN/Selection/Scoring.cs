using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>A number of a report by which settings are chosen, under scikit-learn's name: the greater, the better, so that what should be
/// small has its sign changed.</summary>
/// <param name="Name">The name, such as "neg_log_loss".</param>
/// <param name="Of">The number of a report.</param>
public sealed record Scoring(string Name, Func<EvaluationReport, double> Of)
{
    /// <summary>The share of rows that are predicted right.</summary>
    public static Scoring Accuracy { get; } = OfClasses("accuracy", report => report.Accuracy);

    /// <summary>The mean recall of the classes: for classes of unequal size.</summary>
    public static Scoring BalancedAccuracy { get; } = OfClasses("balanced_accuracy", report => report.Confusion.BalancedAccuracy);

    /// <summary>F₁ of the second of two classes.</summary>
    public static Scoring F1 { get; } = OfClasses("f1", report => report.Confusion.Classes == 2
        ? report.Confusion.ScoresOf(1).F1
        : throw new ArgumentException($"the scoring f1 is of two classes, and there are {report.Confusion.Classes}: use Scoring.F1Macro"));

    /// <summary>The plain mean of the classes' F₁.</summary>
    public static Scoring F1Macro { get; } = OfClasses("f1_macro", report => report.Confusion.Macro().F1);

    /// <summary>The area under the ROC curve; of more than two classes the mean of each against the rest.</summary>
    public static Scoring RocAuc { get; } = OfClasses("roc_auc", report => report.Confusion.Classes == 2
        ? report.Rankings.Of(1).RocAuc
        : report.Rankings.RocAuc);

    /// <summary>Matthews' correlation.</summary>
    public static Scoring Matthews { get; } = OfClasses("matthews_corrcoef", report => report.Confusion.Matthews);

    /// <summary>The mean logarithm of the true class's probability.</summary>
    public static Scoring NegativeLogLoss { get; } = OfClasses("neg_log_loss", report => -report.Errors.LogLoss);

    /// <summary>−Brier score.</summary>
    public static Scoring NegativeBrierScore { get; } = OfClasses("neg_brier_score", report => -report.Errors.Brier);

    /// <summary>R² of a quantity.</summary>
    public static Scoring R2 { get; } = OfQuantities("r2", report => report.R2);

    /// <summary>−mean squared error, in the square of the target's unit.</summary>
    public static Scoring NegativeMeanSquaredError { get; } = OfQuantities("neg_mean_squared_error", report => -report.MeanSquaredError);

    /// <summary>−root of the mean squared error, in the target's unit.</summary>
    public static Scoring NegativeRootMeanSquaredError { get; } =
        OfQuantities("neg_root_mean_squared_error", report => -report.RootMeanSquaredError);

    /// <summary>−mean absolute error, in the target's unit.</summary>
    public static Scoring NegativeMeanAbsoluteError { get; } = OfQuantities("neg_mean_absolute_error", report => -report.MeanAbsoluteError);

    /// <summary>All of these.</summary>
    public static ImmutableArray<Scoring> All { get; } =
    [
        Accuracy, BalancedAccuracy, F1, F1Macro, RocAuc, Matthews, NegativeLogLoss, NegativeBrierScore, R2, NegativeMeanSquaredError,
        NegativeRootMeanSquaredError, NegativeMeanAbsoluteError,
    ];

    /// <summary>The one of scikit-learn's name.</summary>
    /// <exception cref="ArgumentException">There is none of the name; the message lists them.</exception>
    public static Scoring Named(string name) => All.FirstOrDefault(scoring => scoring.Name == name)
        ?? throw new ArgumentException(
            $"there is no scoring \"{name}\"{NearestName.Hint(name, [.. All.Select(one => one.Name)])}; there are "
            + $"{string.Join(", ", All.Select(one => one.Name))}, and your own is new Scoring(name, report => …)");

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>Accuracy of classes, R² of quantities.</summary>
    internal static Scoring DefaultFor(bool isQuantity) => isQuantity ? R2 : Accuracy;

    private static Scoring OfClasses(string name, Func<ClassificationReport, double> number) => new(name, report =>
        report is ClassificationReport classes
            ? number(classes)
            : throw new ArgumentException($"the scoring {name} is of classes, and a quantity is predicted: use r2 or another of Scoring"));

    private static Scoring OfQuantities(string name, Func<RegressionReport, double> number) => new(name, report =>
        report is RegressionReport numbers
            ? number(numbers)
            : throw new ArgumentException($"the scoring {name} is of a quantity, and classes are predicted: use accuracy or another of "
                + "Scoring"));
}
