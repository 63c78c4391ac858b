using System.Collections.Immutable;
using System.Globalization;

namespace FunctionalNN;

/// <summary>One layer at the start of training, over some rows.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Spread">The standard deviation of its output.</param>
/// <param name="Dead">The share of its units that put out the same for every row looked at.</param>
/// <param name="GradientRatio">‖gradient‖/‖parameters‖ of the layer: a step of plain descent changes its parameters by the rate times this.
/// NaN without parameters.</param>
/// <param name="GradientSize">The root mean square of the gradient's numbers. NaN without parameters.</param>
public sealed record LayerVitals(string Layer, double Spread, double Dead, double GradientRatio, double GradientSize)
{
    /// <summary>All of it in one line.</summary>
    public override string ToString() => RecordText.Of(nameof(LayerVitals), PrintMembers);
}

/// <summary>What an examination found: findings, the gravest first, and the measurements behind them.</summary>
/// <param name="Findings">What is wrong or worth knowing; empty when nothing is.</param>
/// <param name="Layers">Each layer at the start; empty where network and data do not go together.</param>
/// <param name="StartLoss">The mean loss before training; NaN where it was not measured.</param>
/// <param name="BaselineLoss">The loss of knowing nothing about the inputs; NaN where the loss has no such number.</param>
public sealed record Diagnosis(ImmutableArray<Finding> Findings, ImmutableArray<LayerVitals> Layers, double StartLoss, double BaselineLoss)
{
    /// <summary>Whether nothing was found, notes aside.</summary>
    public bool IsHealthy => Findings.All(finding => finding.Severity == Severity.Note);

    /// <summary>The findings about one thing.</summary>
    public ImmutableArray<Finding> Of(FindingKind kind) => [.. Findings.Where(finding => finding.Kind == kind)];

    /// <summary>The findings, then a table of the layers.</summary>
    public override string ToString()
    {
        string[] findings = Findings.IsEmpty
            ? ["no findings: network, data and loss look fit to train"]
            : [.. Findings.Select(finding => $"{finding}")];
        string[] loss = double.IsNaN(StartLoss) ? []
            : [$"loss at the start {StartLoss:F4}"
                    + (double.IsNaN(BaselineLoss)
                        ? ""
                        : $", knowing nothing {BaselineLoss:F4}")];
        string[] layers = Layers.IsEmpty
            ? []
            : ["", TextTable.Of(["layer", "output spread", "dead units", "gradient/parameters"], [.. Layers.Select(Line)])];
        return string.Join(Environment.NewLine, [.. findings, .. loss, .. layers]);
    }

    private static string[] Line(LayerVitals layer) =>
    [
        layer.Layer,
        layer.Spread.ToString("G3", CultureInfo.InvariantCulture),
        layer.Dead.ToString("P0", CultureInfo.InvariantCulture),
        double.IsNaN(layer.GradientRatio) ? "" : layer.GradientRatio.ToString("E1", CultureInfo.InvariantCulture),
    ];
}
