using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// From a row to a decision as one value that never changes: how columns become inputs, the model, the names of the classes, temperature
/// and threshold. It is trained by the same fold as a model, saved as one file, and encodes a row that is served with the code that encoded
/// the rows it learned from.
/// </summary>
/// <example><code>
/// var pipeline = Pipeline.Of(recipe.Fit(train).OrThrow(), [new Dense(32), new Relu()], seed: 7);
/// var best = pipeline.Epochs(train, new Adam(0.003), batchSize: 64).Validate(pipeline.Encode(validation)).StopEarly(20).Take(200).Last();
/// pipeline = pipeline.With(best);
/// Console.WriteLine(pipeline.Predict(new { age = 41, plan = "basic", signup = new DateOnly(2024, 5, 31) }));
/// pipeline.Save("customers.safetensors").OrThrow();
/// </code></example>
/// <typeparam name="T">float or double.</typeparam>
public sealed partial record Pipeline<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Columns and a model that takes their inputs.</summary>
    /// <param name="encoding">How columns become inputs; it names what is to be predicted.</param>
    /// <param name="model">As many inputs as the encoding gives, and one output for a quantity, one a class for classes, or one for two
    /// classes.</param>
    /// <exception cref="ArgumentException">They do not go together; the message gives both.</exception>
    public Pipeline(TableEncoding encoding, Model<T> model)
    {
        Encoding = encoding;
        Target = encoding.Target
            ?? throw new ArgumentException("the encoding names nothing to predict: set Target in the recipe", nameof(encoding));
        Model = model;
    }

    private Pipeline(Pipeline<T> original)
    {
        (Encoding, Target, Model) = (original.Encoding, original.Target, original.Model);
        (Temperature, Decision, Run) = (original.Temperature, original.Decision, original.Run);
        CalibratedOn = original.CalibratedOn;
        maps = new();
    }

    /// <summary>How columns become inputs.</summary>
    public TableEncoding Encoding { get; }

    /// <summary>What is predicted.</summary>
    public FittedTarget Target { get; }

    /// <summary>The network and its numbers.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: it does not go with the columns.</exception>
    public Model<T> Model { get; init => (field, Run) = (Fitting(value), null); }

    /// <summary>What logits are divided by: probabilities become pᵢ^(1/t)/Σpⱼ^(1/t). 1, the default, leaves them as they are;
    /// <see cref="Calibrated"/> takes it from validation rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">In <c>with</c>: it is not above 0.</exception>
    public double Temperature
    {
        get;
        init
        {
            field = value > 0 && double.IsFinite(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(value), $"the temperature is {value}, expected a number above 0");
            CalibratedOn = null;
        }
    } = 1;

    /// <summary>How probabilities become a class: the greatest, by default.</summary>
    /// <exception cref="ArgumentException">In <c>with</c>: a threshold for other than two classes.</exception>
    public Decision Decision
    {
        get; init => field = value.Threshold is null || Target.Classes.Length == 2
            ? value
            : throw new ArgumentException(
                $"a threshold decides between two classes, and {Target.Name} "
                    + (Target.Column.IsQuantity ? "is a quantity" : $"has {Target.Classes.Length}"));
    } = Decision.Greatest;

    /// <summary>The content hash of the rows that the temperature was taken from; null where it was set.</summary>
    internal string? CalibratedOn { get; init; }

    /// <summary>How the model came to be, where it is known.</summary>
    internal TrainingState<T>? Run { get; init; }

    /// <summary>The data of a table to learn from or to be measured by.</summary>
    /// <exception cref="ArgumentException">A row does not fit; the message names row, column, what was found and what was
    /// expected.</exception>
    public DataSet<T> Encode(Table table) =>
        Encoding.Encode<T>(table).Match(data => data, fault => throw new ArgumentException(fault.Message));

    /// <summary>The states after each epoch on a table's rows: their <see cref="TrainingState{T}.Model"/> is this pipeline's, one epoch
    /// further, and <see cref="With(TrainingState{T})"/> takes it back. All verbs of <see cref="TrainingVerbs"/> go on from here.</summary>
    /// <param name="trainingRows">The rows to learn from.</param>
    /// <param name="optimizer">How gradients become new parameters.</param>
    /// <param name="batchSize">Rows a batch, in a new order each epoch.</param>
    /// <param name="seed">Decides the order of the batches and what dropout drops.</param>
    /// <param name="loss">The loss to minimise; by default cross-entropy for classes and the mean squared error for a quantity.</param>
    /// <param name="parallelism">All cores by default; the result is the same.</param>
    /// <param name="heldOut">Rows that each state is measured on before the next epoch, for an optimizer that learns from it, such as
    /// <see cref="ReduceOnPlateau"/>.</param>
    /// <exception cref="ArgumentException">Rows, network, loss and optimizer do not go together; the message names everything that is
    /// wrong.</exception>
    public IEnumerable<TrainingState<T>> Epochs(Table trainingRows, Optimizer optimizer, int batchSize = 32, int seed = 0,
        Loss? loss = null, Parallelism? parallelism = null, Table? heldOut = null) =>
        Model.Train(optimizer, seed).Epochs(Encode(trainingRows).Shuffled(batchSize), loss ?? DefaultLoss, parallelism,
            heldOut is null ? null : Encode(heldOut));

    /// <summary>The pipeline with the model of a state. Temperature and threshold, which were taken for another model, go back to their
    /// defaults.</summary>
    /// <exception cref="ArgumentException">The model does not go with the columns.</exception>
    public Pipeline<T> With(TrainingState<T> state) => this with
    {
        Model = state.Model,
        Temperature = 1,
        Decision = Decision.Greatest,
        Run = state.Recipe.Match<TrainingState<T>?>(
            recipe => state with
            {
                Moments = new Moments<T>(state.Moments.Kind, state.Moments.Since, []),
                Learned = LearnedRows<T>.Unknown,
                Origin = new RecipeOrigin(() => recipe),
            },
            () => null),
    };

    /// <inheritdoc/>
    public bool Equals(Pipeline<T>? other) =>
        other is not null && Encoding == other.Encoding && Model == other.Model && Temperature == other.Temperature
            && Decision == other.Decision;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Encoding, Model, Temperature, Decision);

    /// <summary>The columns, the network and the decision.</summary>
    public override string ToString() => string.Join(Environment.NewLine + Environment.NewLine, Encoding, Model,
        $"decision: {Decision}{(Temperature == 1 ? "" : $"; temperature {Temperature:G4}")}");

    private Loss DefaultLoss => Target.Column.IsQuantity ? new MeanSquaredError()
        : Model.Network.Outputs == 1 ? new BinaryCrossEntropy()
        : new CategoricalCrossEntropy();

    private static (int, int, bool) Numbering(EmbeddedColumn column) => (column.Position, column.Categories, column.TakesUnknown);

    private Model<T> Fitting(Model<T> model)
    {
        if (model.Network.Inputs != Encoding.Width)
        {
            throw new ArgumentException(
                $"the columns become {Encoding.Width} inputs, the network takes {model.Network.Inputs}: build it with new Network(inputs: "
                    + $"{Encoding.Width}, …)");
        }

        if (!model.Network.EmbeddedColumns.Select(Numbering).Order().SequenceEqual(Encoding.EmbeddedColumns.Select(Numbering).Order()))
        {
            throw new ArgumentException(Encoding.EmbeddedColumns.IsEmpty
                ? $"the network begins with an embedding of {string.Join("; ", model.Network.EmbeddedColumns)}, and no column of "
                    + $"the recipe "
                    + "is embedded: set Encoding = CategoryEncoding.Embedding, or leave the layer out"
                : $"the columns to embed are {string.Join("; ", Encoding.EmbeddedColumns)}: begin the network with "
                    + "new Embedding(encoding.EmbeddedColumns)");
        }

        var outputs = model.Network.Outputs;
        if (Target.Column.IsQuantity ? outputs != 1 : outputs != Target.Classes.Length && !(outputs == 1 && Target.Classes.Length == 2))
        {
            throw new ArgumentException(
                $"{Target} asks for {(Target.Column.IsQuantity ? "1 output" : $"{Target.Classes.Length} outputs")}, the network has "
                    + $"{outputs}");
        }

        return !Target.Column.IsQuantity && !(outputs == 1 ? model.Network.OutputRange.IsProbability
                : model.Network.OutputRange is OutputRange.Distribution or OutputRange.Probabilities)
            ? throw new ArgumentException($"classes ask for probabilities, the network ends in {model.Network.OutputRange.InWords}: end "
                + $"it in "
                + (outputs == 1 ? "Sigmoid" : "Softmax"))
            : model with { InputNames = Encoding.InputNames, LabelNames = Target.Classes };
    }
}

/// <summary>How a row's probabilities become a class.</summary>
/// <param name="Threshold">Of two classes the second is decided for where its probability is this or more; null for the greater
/// probability.</param>
/// <param name="Reason">Where the threshold comes from.</param>
public sealed record Decision(double? Threshold, string Reason = "")
{
    /// <summary>The class of the greatest probability; of several the first.</summary>
    public static Decision Greatest { get; } = new((double?)null);

    /// <summary>How the threshold was tuned; null where it was set.</summary>
    internal Tuning? Tuning { get; init; }

    /// <summary>The threshold, and where it comes from.</summary>
    public override string ToString() =>
        Threshold is { } threshold ? $"the second class from {threshold:G6} on{(Reason.Length > 0 ? $", {Reason}" : "")}"
        : "the greatest probability";
}

/// <summary>How a threshold was tuned.</summary>
/// <param name="Cost">What mistakes cost; null for the F₁ score.</param>
/// <param name="Rows">The content hash of the rows.</param>
internal sealed record Tuning(MistakeCost? Cost, string Rows);
