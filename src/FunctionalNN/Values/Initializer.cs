using System.Buffers;
using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// How a slot's numbers start. They depend on the slot's key and shape alone, and are drawn in double for every element type.
/// The rules of He, Glorot, LeCun, PyTorch and scikit-learn go by the slot's <see cref="Slot.FanIn"/> and <see cref="Slot.FanOut"/>: for
/// weights [in × out] these are in and out, and for the bias beside them too.
/// </summary>
public abstract partial record Initializer
{
    /// <summary>Normal with standard deviation √(2/in): keeps the variance through ReLU layers (He et al., 2015, arXiv 1502.01852;
    /// PyTorch's kaiming_normal_. Keras cuts the tails off).</summary>
    public static Initializer He { get; } = new FanNormal("He", 2, CountsOutputs: false);

    /// <summary>Uniform on ±√(6/in): He's rule with bounded numbers (he_uniform in Keras, kaiming_uniform_ in PyTorch).</summary>
    public static Initializer HeUniform { get; } = new FanUniform("HeUniform", 6, CountsOutputs: false);

    /// <summary>Uniform on ±√(6/(in+out)): keeps the variance through symmetric activations (Glorot and Bengio, 2010; the default of
    /// Keras).</summary>
    public static Initializer Glorot { get; } = new FanUniform("Glorot", 6, CountsOutputs: true);

    /// <summary>Normal with standard deviation √(2/(in+out)): Glorot's rule with normal numbers (xavier_normal_ in PyTorch).</summary>
    public static Initializer GlorotNormal { get; } = new FanNormal("GlorotNormal", 2, CountsOutputs: true);

    /// <summary>Normal with standard deviation √(1/in): what <see cref="Selu"/> and tanh ask for (LeCun et al., "Efficient BackProp",
    /// 1998).</summary>
    public static Initializer LeCun { get; } = new FanNormal("LeCun", 1, CountsOutputs: false);

    /// <summary>Uniform on ±√(3/in): LeCun's rule with bounded numbers.</summary>
    public static Initializer LeCunUniform { get; } = new FanUniform("LeCunUniform", 3, CountsOutputs: false);

    /// <summary>Uniform on ±1/√in: the default of PyTorch's Linear, for its weights and for its bias.</summary>
    public static Initializer PyTorch { get; } = new FanUniform("PyTorch", 1, CountsOutputs: false);

    /// <summary>Uniform on ±√(6/(in+out)): scikit-learn's multi-layer perceptron, for weights and bias, unless its activation is
    /// logistic.</summary>
    public static Initializer ScikitLearn { get; } = new FanUniform("ScikitLearn", 6, CountsOutputs: true);

    /// <summary>Uniform on ±√(2/(in+out)): scikit-learn's multi-layer perceptron with the logistic activation, for weights and
    /// bias.</summary>
    public static Initializer ScikitLearnLogistic { get; } = new FanUniform("ScikitLearnLogistic", 2, CountsOutputs: true);

    /// <summary>All 0: what biases start from.</summary>
    public static Initializer Zeros { get; } = new Constant(0);

    /// <summary>All 1: what scales start from.</summary>
    public static Initializer Ones { get; } = new Constant(1);

    /// <summary>Normal with mean 0 and the given standard deviation, 0.01 in "Neural Networks from Scratch".</summary>
    /// <exception cref="ArgumentOutOfRangeException">The standard deviation is negative or not finite.</exception>
    public static Initializer Normal(double standardDeviation) => new ScaledNormal(Amount(standardDeviation, nameof(standardDeviation)));

    /// <summary>Uniform on [−limit, limit).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The limit is negative or not finite.</exception>
    public static Initializer Uniform(double limit) => new SymmetricUniform(Amount(limit, nameof(limit)));

    /// <summary>
    /// gain times a random matrix whose rows, or whose columns if there are more rows than columns, are of length 1 and at right angles
    /// (Saxe et al., 2013, arXiv 1312.6120). All such matrices are equally likely.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The gain is negative or not finite.</exception>
    public static Initializer Orthogonal(double gain = 1) => new OrthogonalFrame(Amount(gain, nameof(gain)));

    /// <summary>All the same number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not finite.</exception>
    public static Initializer Value(double value) =>
        double.IsFinite(value)
            ? new Constant(value)
            : throw new ArgumentOutOfRangeException(nameof(value),
                $"the value is {value}, expected a finite number");

    /// <summary>Writes a slot's numbers, row by row.</summary>
    /// <param name="slot">Its shape and fans.</param>
    /// <param name="key">The slot's own key.</param>
    /// <param name="values">Takes <see cref="Slot.Count"/> numbers.</param>
    protected abstract void Fill(Slot slot, Key key, Span<double> values);

    internal void Fill<T>(Span<T> values, Slot slot, Key key)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var rented = ArrayPool<double>.Shared.Rent(values.Length);
        var numbers = rented.AsSpan(0, values.Length);
        Fill(slot, key, numbers);
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = T.CreateSaturating(numbers[i]);
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    private static double Amount(double value, string name) =>
        double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(name,
                $"the {name} is {value}, expected a finite number of 0 or more");
}
