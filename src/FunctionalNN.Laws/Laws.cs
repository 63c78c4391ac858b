using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// The laws that every layer, loss and optimizer of the library keeps, for those of your own: one line in a test of any framework. A law is
/// tried on random networks, data and seeds; where it does not hold, the smallest case that shows it is looked for and given in the
/// exception.
/// </summary>
/// <example>
/// <code>
/// [Fact]
/// public void Swish_keeps_the_laws() => Laws.Layer(new Swish());
/// </code>
/// </example>
/// <remarks>
/// Laws are of a kind with the library's own tests, and as sharp: gradients to 10⁻⁶, equality to the last bit where nothing else is said.
/// What they cannot see is a rule that is consistent and not the one that was meant: compare a few numbers with the paper's too.
/// </remarks>
public static class Laws
{
    /// <summary>Tries a layer, first, in the middle and last in small networks of the widths that it takes, and in a large one.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="settings">How hard to try; 30 cases a law by default.</param>
    /// <returns>The laws, all of which held.</returns>
    /// <exception cref="LawBrokenException">A law does not hold.</exception>
    /// <exception cref="ArgumentException">The layer takes no width from 1 to 1024, or, if it takes images, none of 1 to 9 pixels a side,
    /// or the settings name a law that there is not.</exception>
    public static LawReport Layer(Layer layer, LawSettings? settings = null)
    {
        settings ??= new LawSettings();
        ILayerCases cases = layer is ImageLayer image ? new ImageLayerCases(image) : new LayerCases(layer);
        var (plain, rough) = (cases.Small(CaseGenerators.Plain), cases.Small(CaseGenerators.Rough));
        return new LawRunner(TrainingCase.Short(layer), "Laws.Layer(layer", cases.Simpler).Run(
            [
                new Law("finite", "finite inputs give finite outputs, losses and gradients", cases.Extreme(settings.Largest),
                    RunRules.StaysFinite),
                new Law("purity", "the same call twice gives the same bits, and nothing that was given changes", rough,
                    RunRules.IsFunction),
                new Law("rows", "a row is predicted the same alone and among others, to the last bit", rough,
                    ModelRules.RowsAreIndependent),
                new Law("gradient", "back-propagation equals central differences", plain, ModelRules.GradientIsRight),
                new Law("prediction", "what AsInference() gives computes in training what the layer computes in prediction", plain,
                    ModelRules.FrozenIsPrediction),
                new Law("precision", "float and double agree up to rounding", plain, ModelRules.NumberTypesAgree),
                .. Training(rough, cases.Large()),
            ],
            settings);
    }

    /// <summary>Tries a loss on every kind of targets and under every last layer that its <see cref="Loss.Fits"/> accepts.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="settings">How hard to try; 30 cases a law by default.</param>
    /// <returns>The laws, all of which held.</returns>
    /// <exception cref="LawBrokenException">A law does not hold.</exception>
    /// <exception cref="ArgumentException">The loss accepts no targets that the laws know, or the settings name a law that there is
    /// not.</exception>
    public static LawReport Loss(Loss loss, LawSettings? settings = null)
    {
        settings ??= new LawSettings();
        var cases = new LossCases(loss);
        var (plain, rough) = (cases.Small(CaseGenerators.Plain), cases.Small(CaseGenerators.Rough));
        return new LawRunner(TrainingCase.Short(loss), "Laws.Loss(loss", LossCases.Simpler).Run(
            [
                new Law("finite", "finite predictions give finite losses and gradients", cases.Extreme(settings.Largest),
                    RunRules.StaysFinite),
                new Law("purity", "the same call twice gives the same bits, and nothing that was given changes", rough,
                    RunRules.IsFunction),
                new Law("order", "each row has a loss of its own: alone, among others and in any order", plain, ModelRules.LossesAddUp),
                new Law("gradient", "back-propagation equals central differences", plain, ModelRules.GradientIsRight),
                .. cases.Absorbed() is { } absorbed
                    ? [new Law("fusion", "absorbing the last layer changes nothing beyond rounding", absorbed,
                        ModelRules.FusionChangesNothing)]
                    : ImmutableArray<Law>.Empty,
                new Law("precision", "float and double agree up to rounding", plain, ModelRules.NumberTypesAgree),
                .. Training(rough, cases.Large()),
            ],
            settings);
    }

    /// <summary>Tries an optimizer on vectors of its own and in small runs.</summary>
    /// <param name="optimizer">The optimizer, with a rate at which it is to go downhill.</param>
    /// <param name="settings">How hard to try; 30 cases a law by default.</param>
    /// <returns>The laws, all of which held.</returns>
    /// <exception cref="LawBrokenException">A law does not hold.</exception>
    /// <exception cref="ArgumentException">The optimizer's hyper-parameters are wrong, or the settings name a law that there is
    /// not.</exception>
    public static LawReport Optimizer(Optimizer optimizer, LawSettings? settings = null)
    {
        settings ??= new LawSettings();
        _ = optimizer.Check().IfFail(errors =>
            throw new ArgumentException(string.Join(Environment.NewLine, errors.Map(error => error.Message))));
        var cases = new OptimizerCases(optimizer);
        var (plain, rough) = (cases.Small(CaseGenerators.Plain), cases.Small(CaseGenerators.Rough));
        return new LawRunner(optimizer.ToString(), "Laws.Optimizer(optimizer", cases.Simpler).Run(
            [
                new Law("finite", "gradients of 0, of 1e-30 and of 1e6 give finite parameters", plain, OptimizerRules.StaysFinite),
                new Law("purity", "the same transition twice gives the same bits, and nothing that was given changes", plain,
                    OptimizerRules.IsFunction),
                new Law("places", "a number's update does not depend on its place in its slot", plain, OptimizerRules.PlacesDoNotMatter),
                new Law("downhill", "a hundred updates on ½‖p‖² do not climb", plain, OptimizerRules.GoesDownhill),
                new Law("precision", "float and double agree up to rounding", plain, OptimizerRules.NumberTypesAgree),
                .. Training(rough, cases.Large()),
            ],
            settings);
    }

    private static ImmutableArray<Law> Training(FsCheck.Gen<TrainingCase> small, FsCheck.Gen<TrainingCase> large) =>
    [
        new Law("fold", "a run over batches is the fold of the step, to the last bit", small, RunRules.RunIsFold),
        new Law("resume", "a run in two pieces is the run in one, to the last bit", small, RunRules.RunResumes),
        new Law("threads", "1, 2, 3 and 8 threads give the same bits", large, RunRules.ThreadsChangeNothing) { IsLarge = true },
    ];
}
