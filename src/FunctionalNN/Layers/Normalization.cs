using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Brings each column to a common scale by what is known of the training data: y = (x − mean)/√variance, or with
/// <see cref="MinMax"/> y = (x − minimum)/(maximum − minimum). dx = dy·scale. x, y: [n × w]; the statistics: [1 × w].
/// </summary>
/// <remarks>
/// <see cref="Adaptation.Adapt"/> takes the statistics from the training rows; they are part of the model and saved with it, so prediction
/// cannot be given rows that were scaled by numbers of their own. Until then y = x. As in scikit-learn the variance is divided by n and the
/// scale of a column that never changes is 1.
/// </remarks>
public sealed record Normalization : Layer, IFittedLayer
{
    private const double ScaleTolerance = 1e-3;

    internal static Schema Schema => SchemaOf("Normalization", new Normalization())
        .With("isMinMax", layer => layer.IsMinMax, (layer, value) => layer with { IsMinMax = value });

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <summary>Each column to mean 0 and variance 1: the default.</summary>
    public static Normalization Standard { get; } = new();

    /// <summary>Each column to 0 … 1.</summary>
    public static Normalization MinMax { get; } = new() { IsMinMax = true };

    /// <summary>Whether to scale by minimum and maximum instead of mean and variance.</summary>
    public bool IsMinMax { get; init; }

    /// <inheritdoc/>
    protected internal override string Details => IsMinMax ? "min-max" : "standard";

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    internal override bool ActsOnChannels => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Statistics(int inputs) =>
    [
        new Slot(IsMinMax ? "minimum" : "mean", 1, inputs),
        new Slot(IsMinMax ? "maximum" : "variance", 1, inputs) { Initializer = Initializer.Ones },
    ];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var scale = Scale(pass, input.Columns);
        return new NormalizationCache<T>(scale, Scaled(pass, input, scale));
    }

    /// <inheritdoc/>
    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Scaled(pass, input, Scale(pass, input.Columns));

    bool IFittedLayer.IsRunning => false;

    /// <summary>A normalisation that was never fitted does not.</summary>
    bool IFittedLayer.Scales<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second) =>
        first.ContainsAnyExcept(T.Zero) || second.ContainsAnyExcept(T.One);

    void IFittedLayer.Fit<T>(ColumnSummary summary, Span<T> first, Span<T> second)
    {
        for (var j = 0; j < first.Length; j++)
        {
            first[j] = T.CreateSaturating(IsMinMax ? summary.Minima[j] : summary.Means[j]);
            second[j] = T.CreateSaturating(IsMinMax ? summary.Maxima[j] : summary.Variance(j));
            Require(j, IsMinMax ? summary.Maxima[j] - summary.Minima[j] : Math.Sqrt(summary.Variance(j)), first[j], second[j]);
        }
    }

    /// <inheritdoc/>
    public override ColumnScaling<T> PredictedScaling<T>(IReadOnlyList<Matrix<T>> parameters, IReadOnlyList<Matrix<T>> statistics)
    {
        var factors = new T[statistics[0].Columns];
        Factors(statistics[0].Values, statistics[1].Values, factors);
        return new ColumnScaling<T>([.. statistics[0].Values], [.. factors], []);
    }

    private Matrix<T> Scale<T>(in Pass<T> pass, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var scale = pass.Rent(1, width, out var values);
        Factors(pass.Statistic(0).Values, pass.Statistic(1).Values, values);
        return scale;
    }

    /// <summary>A spread whose square or reciprocal leaves the range of the type would scale by another number without a word.</summary>
    private void Require<T>(int column, double spread, T first, T second)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        Span<T> factors = [T.Zero];
        Factors([first], [second], factors);
        var factor = double.CreateSaturating(factors[0]);
        if (spread > 0 && !(Math.Abs((factor * spread) - 1) < ScaleTolerance))
        {
            throw new ArgumentException(
                $"column {column} of what comes into the Normalization has the {(IsMinMax ? "range" : "standard deviation")} {spread:G4}, "
                    + $"too {(spread > 1 ? "large" : "small")} for its statistics in {(typeof(T) == typeof(double) ? "double" : "float")}: "
                    + $"scale the data by Scaler.Standard(train), give the column another unit"
                    + $"{(typeof(T) == typeof(double) ? "" : ", or train in double")}");
        }
    }

    private void Factors<T>(ReadOnlySpan<T> first, ReadOnlySpan<T> second, Span<T> factors)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var j = 0; j < factors.Length; j++)
        {
            var spread = IsMinMax ? second[j] - first[j] : T.Sqrt(second[j]);
            factors[j] = spread == T.Zero ? T.One : T.One / spread;
        }
    }

    private static unsafe Matrix<T> Scaled<T>(in Pass<T> pass, Matrix<T> input, Matrix<T> scale)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        fixed (T* centers = pass.Statistic(0).Values, factors = scale.Values)
        {
            Columnwise.Map(pass.Team, new Centered<T>(centers, factors), input.Values, input.Values, y, input.Columns);
        }

        return output;
    }

    private sealed record NormalizationCache<T>(Matrix<T> Scale, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override unsafe Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            fixed (T* factors = Scale.Values)
            {
                Columnwise.Map(pass.Team, new Factor<T>(factors), outputGradient.Values, outputGradient.Values, dx, Output.Columns);
            }

            return inputGradient;
        }
    }

    private readonly unsafe struct Centered<T>(T* centers, T* factors) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> => (x - L.LoadFirst(centers + column, lanes)) * L.LoadFirst(factors + column, lanes);
    }

    private readonly unsafe struct Factor<T>(T* factors) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> => x * L.LoadFirst(factors + column, lanes);
    }
}
