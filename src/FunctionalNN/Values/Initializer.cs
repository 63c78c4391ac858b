using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How a slot's numbers start. A weight matrix is [in × out]: in = rows is the fan-in, out = columns the fan-out.
/// Number i comes from position i of the key, so the result depends on the key and the shape alone.
/// </summary>
public abstract record Initializer
{
    /// <summary>Normal with standard deviation √(2/in): keeps the variance through ReLU layers (He et al., 2015, arXiv 1502.01852).</summary>
    public static Initializer He { get; } = new FanNormal("He", 2, CountOutputs: false);

    /// <summary>Uniform on ±√(6/(in+out)): keeps the variance through symmetric activations (Glorot and Bengio, 2010; the default of Keras).</summary>
    public static Initializer Glorot { get; } = new FanUniform("Glorot", 6);

    /// <summary>All 0: what biases start from.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All 1: what scales start from.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>Normal with mean 0 and the given standard deviation, 0.01 in "Neural Networks from Scratch".</summary>
    public static Initializer Normal(double standardDeviation) => new ScaledNormal(standardDeviation);

    /// <summary>Uniform on [−limit, limit).</summary>
    public static Initializer Uniform(double limit) => new SymmetricUniform(limit);

    /// <summary>All the same number.</summary>
    public static Initializer Value(double value) => new Constant(value);

    /// <summary>The number at one position.</summary>
    /// <param name="rows">The rows of the slot: for weights the fan-in.</param>
    /// <param name="columns">The columns of the slot: for weights the fan-out.</param>
    /// <param name="key">The slot's own key.</param>
    /// <param name="index">The position in the slot, row by row.</param>
    protected abstract double At(int rows, int columns, Key key, long index);

    internal void Fill<T>(Span<T> values, int rows, int columns, Key key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateSaturating(At(rows, columns, key, i));
        }
    }

    private sealed record FanNormal(string Name, double Gain, bool CountOutputs) : Initializer
    {
        protected override double At(int rows, int columns, Key key, long index) =>
            Math.Sqrt(Gain / (rows + (CountOutputs ? columns : 0))) * key.Normal(index);

        public override string ToString() => Name;
    }

    private sealed record FanUniform(string Name, double Gain) : Initializer
    {
        protected override double At(int rows, int columns, Key key, long index) =>
            Math.Sqrt(Gain / (rows + columns)) * ((2 * key.Uniform(index)) - 1);

        public override string ToString() => Name;
    }

    private sealed record ScaledNormal(double StandardDeviation) : Initializer
    {
        protected override double At(int rows, int columns, Key key, long index) => StandardDeviation * key.Normal(index);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Normal({StandardDeviation})");
    }

    private sealed record SymmetricUniform(double Limit) : Initializer
    {
        protected override double At(int rows, int columns, Key key, long index) => Limit * ((2 * key.Uniform(index)) - 1);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Uniform({Limit})");
    }

    private sealed record Constant(double Number) : Initializer
    {
        protected override double At(int rows, int columns, Key key, long index) => Number;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Value({Number})");
    }
}
