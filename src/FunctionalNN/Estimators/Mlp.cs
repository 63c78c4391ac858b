using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// A multi-layer perceptron by scikit-learn 1.2's names and defaults (sklearn.neural_network), as a description:
/// <see cref="MlpClassifier"/> and <see cref="MlpRegressor"/>. Fitting gives a value; the description stays as it was and can be fitted
/// again.
/// </summary>
/// <remarks>
/// A thin shell: it makes a <see cref="Network"/> of <see cref="Dense"/> layers, an <see cref="Optimizer"/> and a loss, and folds over
/// <see cref="Train.Epochs"/>. What differs from scikit-learn: random numbers (a seed gives other weights and orders), numbers are float
/// unless the data is double, RandomState has a default, the last and smaller batch of an epoch takes the penalty of a full one, and
/// L-BFGS, warm_start and partial_fit are not there: <see cref="Train"/> goes on from any state. As there, inputs should be scaled:
/// <see cref="Scaler"/>.
/// </remarks>
public abstract record Mlp
{
    private protected Mlp()
    {
    }

    /// <summary>Kind and settings.</summary>
    public sealed override string ToString() => RecordText.Of(GetType().Name, PrintMembers);

    /// <summary>The widths of the hidden layers, 1 or more each; [100] by default.</summary>
    public LayerSizes HiddenLayerSizes { get; init; } = [100];

    /// <summary>The activation of the hidden layers.</summary>
    public MlpActivation Activation { get; init; } = MlpActivation.Relu;

    /// <summary>The optimizer.</summary>
    public MlpSolver Solver { get; init; } = MlpSolver.Adam;

    /// <summary>α, 0 or more: the loss of a batch of n rows gets α/(2n)·Σw² over all weights, biases not.</summary>
    public double Alpha { get; init; } = 1e-4;

    /// <summary>Rows of a batch, 1 or more; null for min(200, rows), which scikit-learn calls "auto". More than there are gives one batch
    /// of all.</summary>
    public int? BatchSize { get; init; }

    /// <summary>How the rate goes on, for <see cref="MlpSolver.Sgd"/> only.</summary>
    public MlpLearningRate LearningRate { get; init; } = MlpLearningRate.Constant;

    /// <summary>The rate, above 0.</summary>
    public double LearningRateInit { get; init; } = 1e-3;

    /// <summary>The power of <see cref="MlpLearningRate.InvScaling"/>.</summary>
    public double PowerT { get; init; } = 0.5;

    /// <summary>The maximum number of epochs, 1 or more.</summary>
    public int MaxIter { get; init; } = 200;

    /// <summary>Whether each epoch has an order of its own.</summary>
    public bool Shuffle { get; init; } = true;

    /// <summary>The seed of initial weights, orders and the validation part: the same gives the same fit, on any number of
    /// threads.</summary>
    public int RandomState { get; init; }

    /// <summary>By how much the loss must fall, or the validation score rise, to count as progress, 0 or more.</summary>
    public double Tol { get; init; } = 1e-4;

    /// <summary>Momentum of <see cref="MlpSolver.Sgd"/>, from 0 up to, not including, 1.</summary>
    public double Momentum { get; init; } = 0.9;

    /// <summary>Whether momentum looks ahead.</summary>
    public bool NesterovsMomentum { get; init; } = true;

    /// <summary>Whether to hold out some rows, stop when the score on them rises no more, and keep the best weights instead of the
    /// last.</summary>
    public bool EarlyStopping { get; init; }

    /// <summary>The share of the rows held out by <see cref="EarlyStopping"/>, above 0 and below 1; stratified for classes.</summary>
    public double ValidationFraction { get; init; } = 0.1;

    /// <summary>β₁ of Adam.</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>β₂ of Adam.</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>ε of Adam.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>Training stops after more than this number of epochs without progress, 1 or more.</summary>
    public int NIterNoChange { get; init; } = 10;

    /// <summary>Everything that is wrong with the settings.</summary>
    public Validation<Error, Unit> Check() =>
        Require(HiddenLayerSizes.All(size => size >= 1), $"HiddenLayerSizes is {HiddenLayerSizes}, expected widths of 1 or more")
        | Require(Alpha >= 0 && double.IsFinite(Alpha), $"Alpha is {Alpha}, expected a finite number of 0 or more")
        | Require(BatchSize is null or >= 1, $"BatchSize is {BatchSize}, expected 1 or more, or null for min(200, rows)")
        | Require(LearningRateInit > 0 && double.IsFinite(LearningRateInit),
            $"LearningRateInit is {LearningRateInit}, expected a finite number above 0")
        | Require(PowerT > 0 && double.IsFinite(PowerT), $"PowerT is {PowerT}, expected a finite number above 0")
        | Require(MaxIter >= 1, $"MaxIter is {MaxIter}, expected 1 or more")
        | Require(Tol >= 0, $"Tol is {Tol}, expected 0 or more")
        | Require(ValidationFraction is > 0 and < 1, $"ValidationFraction is {ValidationFraction}, expected above 0 and below 1")
        | Require(NIterNoChange >= 1, $"NIterNoChange is {NIterNoChange}, expected 1 or more")
        | OptimizerFor(1).Check();

    /// <summary>The optimizer that these settings stand for.</summary>
    /// <param name="rows">The rows that it trains on: <see cref="MlpLearningRate.InvScaling"/> counts them.</param>
    public Optimizer OptimizerFor(int rows) => Solver == MlpSolver.Adam
        ? Adam.Like(Dialect.ScikitLearn) with { LearningRate = LearningRateInit, Beta1 = Beta1, Beta2 = Beta2, Epsilon = Epsilon }
        : Sgd.Like(Dialect.ScikitLearn) with
        {
            LearningRate = LearningRate == MlpLearningRate.InvScaling
                ? new InverseScaling(LearningRateInit, rows, BatchOf(rows)) { Power = PowerT }
                : LearningRateInit,
            Momentum = Momentum,
            Nesterov = NesterovsMomentum,
        };

    /// <summary>The batches that these settings stand for.</summary>
    public Batches<T> BatchesOf<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => Shuffle ? data.Shuffled(BatchOf(data.Count)) : data.InOrder(BatchOf(data.Count));

    private protected int BatchOf(int rows) => Math.Max(1, Math.Min(BatchSize ?? 200, rows));

    private protected Network NetworkOf(int inputs, int outputs, int rows, params ReadOnlySpan<Layer> ending)
    {
        var initializer = Activation == MlpActivation.Logistic ? Initializer.ScikitLearnLogistic : Initializer.ScikitLearn;
        var layers = ImmutableArray.CreateBuilder<Layer>();
        foreach (var size in HiddenLayerSizes)
        {
            layers.Add(Dense(size));
            if (Activation != MlpActivation.Identity)
            {
                layers.Add(Activation switch
                {
                    MlpActivation.Logistic => new Sigmoid(),
                    MlpActivation.Tanh => new Tanh(),
                    _ => new Relu()
                });
            }
        }

        layers.Add(Dense(outputs));
        layers.AddRange(ending);
        return new Network(inputs, layers.ToImmutable());

        Dense Dense(int width) => new(width)
        {
            WeightInitializer = initializer,
            BiasInitializer = initializer,
            WeightPenalty = Penalty.L2(Alpha, Dialect.ScikitLearn, BatchOf(rows)),
        };
    }

    private static Validation<Error, Unit> Require(bool holds, string message) =>
        holds
            ? Validation<Error, Unit>.Success(Unit.Default)
            : Validation<Error, Unit>.Fail(LanguageExt.Seq.create(Error.New(message)));
}
