using LanguageExt;

namespace FunctionalNN.Tests;

/// <summary>Reduction on a plateau: PyTorch's and scikit-learn's rule, as a transition over epoch results.</summary>
public class PlateauTests
{
    private static readonly double[] Losses =
    [
        1.0, 0.8, 0.79999, 0.81, 0.8, 0.7, 0.70001, 0.7, 0.69995, 0.7, 0.7, 0.71, 0.7, 0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.49999, 0.49996,
        0.49992, 0.49989,
    ];

    private static readonly DataSet<float> Spiral = Generate.Spiral(samples: 30, classes: 3, seed: 0);
    private static readonly CategoricalCrossEntropy Loss = new();

    private static ReduceOnPlateau Half => new Sgd(0.5).ReduceOnPlateau();

    [Fact]
    public void Rates_fall_when_PyTorchs_do()
    {
        AssertRates("torch ReduceLROnPlateau", Half with { Patience = 2 });
        AssertRates("torch ReduceLROnPlateau cooldown", Half with { Patience = 1, Cooldown = 2, Factor = 0.5, IsRelative = false });
        AssertRates("torch ReduceLROnPlateau least", Half with { Patience = 0, Factor = 0.3, MinRate = 0.02 });
        AssertRates("torch ReduceLROnPlateau max", Half with { Patience = 2, Metric = PlateauMetric.ValidationAccuracy });
    }

    [Fact]
    public void Rates_fall_when_scikit_learns_adaptive_ones_do() =>
        AssertRates("sklearn adaptive", ReduceOnPlateau.Like(Dialect.ScikitLearn, new Sgd(0.5)) with { Patience = 2 });

    [Fact]
    public void Keras_reduces_at_its_patience_th_epoch_without_improvement()
    {
        var optimizer = (Optimizer)(ReduceOnPlateau.Like(Dialect.Keras, new Sgd(1)) with { Metric = PlateauMetric.TrainingLoss });
        var rates = Enumerable.Range(0, 12).Select(_ => (optimizer = optimizer.AfterEpoch(Measured(1), Option<Metrics>.None)).RateAt(0))
            .ToArray();
        Assert.Equal([.. Enumerable.Repeat(1.0, 10), 0.1, 0.1], rates);
    }

    [Fact]
    public void A_run_goes_on_from_a_state_as_if_it_had_not_stopped()
    {
        var start = Start(Half with { LearningRate = 1, Patience = 1, Factor = 0.5, Metric = PlateauMetric.TrainingLoss });
        var states = start.Epochs(Spiral.Shuffled(30), Loss).Take(25).ToArray();
        Assert.Contains(states, state => ((ReduceOnPlateau)state.Optimizer).Progress.Scale < 1);
        var resumed = states[10].Epochs(Spiral.Shuffled(30), Loss).Take(14).ToArray();
        Assert.Equal(states[11..], resumed);
        Assert.Equal(1, start.LearningRate);
    }

    [Fact]
    public void The_validation_loss_is_measured_where_the_run_is_given_held_out_data()
    {
        var start = Start(Half);
        var state = start.Epochs(Spiral.Shuffled(30), Loss, heldOut: Spiral).First();
        Assert.Equal(state.Model.Evaluate(Spiral, Loss), state.Validation.IfNone(default(Metrics)));
        Assert.Equal(state.Validation.IfNone(default(Metrics)).Loss, ((ReduceOnPlateau)state.Optimizer).Progress.Best);
    }

    [Fact]
    public void Without_held_out_data_the_message_says_what_to_do()
    {
        var message = Assert.Throws<ArgumentException>(() => Start(Half).Epochs(Spiral.Shuffled(30), Loss).First()).Message;
        Assert.Contains("heldOut:", message, StringComparison.Ordinal);
    }

    [Fact]
    public void It_works_inside_other_wrappers_and_for_some_slots()
    {
        var plateau = Half with { Patience = 0, Metric = PlateauMetric.TrainingLoss };
        var optimizer = (Optimizer)plateau.ClipByGlobalNorm(1).For("dense1", plateau.ScaleRate(2));
        optimizer = optimizer.AfterEpoch(Measured(1), Option<Metrics>.None).AfterEpoch(Measured(1), Option<Metrics>.None);
        Assert.Equal(0.05, optimizer.RateAt(0), 1e-15);
        Assert.Equal(0.1, ((PerSlot)optimizer).Other.RateAt(0), 1e-15);
    }

    private static void AssertRates(string name, Optimizer optimizer) =>
        OptimizerReferences.AssertClose(OptimizerReferences.Of(name),
            Losses.Select(loss => (optimizer = optimizer.AfterEpoch(Measured(loss), Measured(loss))).RateAt(7)), 1e-15);

    /// <summary>An epoch with this loss, and with 1 minus it for accuracy.</summary>
    private static Metrics Measured(double loss) => new(1, loss, 0, (long)Math.Round(100_000 * (1 - loss)), 100_000);

    private static TrainingState<float> Start(Optimizer optimizer) =>
        new Network(2, [new Dense(16), new Relu(), new Dense(3), new Softmax()]).Initialize(1).Train(optimizer);
}
