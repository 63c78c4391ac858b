using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// The leaky ReLU whose slope is learned: y = x where x > 0, else a·x (He et al., 2015, arXiv 1502.01852).
/// x, y: [n × w], a: [1 × w], or [1 × 1] when it is shared. dx = dy where x > 0, else a·dy; da = Σ dy·x over the rows where x ≤ 0.
/// </summary>
/// <remarks>
/// PyTorch shares one slope, Keras learns one for each feature. It is given no penalty: one would pull it to 0, which makes it a ReLU.
/// </remarks>
public sealed record PRelu : Layer
{
    internal static Schema Schema => SchemaOf("PRelu", new PRelu())
        .With("initialSlope", relu => relu.InitialSlope, (relu, value) => relu with { InitialSlope = value })
        .With("isShared", relu => relu.IsShared, (relu, value) => relu with { IsShared = value });

    /// <summary>A system's PReLU with its defaults. PyTorch: one slope for all features, from 0.25. Keras: a slope for each feature,
    /// from 0.</summary>
    /// <exception cref="ArgumentException">The book and scikit-learn have none.</exception>
    public static PRelu Like(Dialect dialect) => dialect switch
    {
        Dialect.Keras => new PRelu { InitialSlope = 0 },
        Dialect.PyTorch => new PRelu { IsShared = true },
        _ => throw Dialects.Without(dialect, nameof(PRelu)),
    };

    /// <summary>Where the slopes start: 0.25 as in the paper.</summary>
    public double InitialSlope { get; init; } = 0.25;

    /// <summary>Whether all features have one slope; else each has its own.</summary>
    public bool IsShared { get; init; }

    /// <inheritdoc/>
    public override bool IsRowwise => true;

    /// <inheritdoc/>
    protected internal override string Details =>
        $"{(IsShared ? "shared slope" : "slopes")} from {InitialSlope}";

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    internal override bool ActsOnChannels => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) =>
        double.IsFinite(InitialSlope)
            ? Right(inputs)
            : Wrong($"the slope starts from {InitialSlope}: give a finite number, such as 0.25");

    /// <inheritdoc/>
    public override ImmutableArray<Slot> Parameters(int inputs) =>
        [new Slot("slope", 1, IsShared ? 1 : inputs) { Initializer = double.IsFinite(InitialSlope)
            ? Initializer.Value(InitialSlope)
            : Initializer.Zeros }];

    /// <inheritdoc/>
    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new PReluCache<T>(this, input, Infer(pass, input));

    /// <inheritdoc/>
    public override unsafe Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        fixed (T* slopes = Slopes(pass, input.Columns).Values)
        {
            Columnwise.Map(pass.Team, new Leak<T>(slopes), input.Values, input.Values, y, input.Columns);
        }

        return output;
    }

    /// <summary>One slope a column.</summary>
    private Matrix<T> Slopes<T>(in Pass<T> pass, int width)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (!IsShared)
        {
            return pass.Parameter(0);
        }

        var slopes = pass.Rent(1, width, out var values);
        values.Fill(pass.Parameter(0).Values[0]);
        return slopes;
    }

    private sealed record PReluCache<T>(PRelu Layer, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override unsafe Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var (n, width) = (Input.Rows, Input.Columns);
            var slopeTerms = pass.Rent(n, width, out var terms);
            Elementwise.Zip(default(SlopeTerm), Input.Values, outputGradient.Values, terms);
            if (Layer.IsShared)
            {
                pass.Rent(1, width, out var sums);
                ColumnSums.Run(pass.Team, slopeTerms.Values, sums, n, width);
                var total = pass.Accumulates ? parameterGradient[0] : T.Zero;
                foreach (var sum in sums)
                {
                    total += sum;
                }

                parameterGradient[0] = total;
            }
            else
            {
                ColumnSums.Run(pass.Team, slopeTerms.Values, parameterGradient, n, width, pass.Accumulates);
            }

            if (!pass.NeedsInputGradient)
            {
                return outputGradient;
            }

            var inputGradient = pass.Rent(n, width, out var dx);
            fixed (T* slopes = Layer.Slopes(pass, width).Values)
            {
                Columnwise.Map(pass.Team, new Leak<T>(slopes), outputGradient.Values, Input.Values, dx, width);
            }

            return inputGradient;
        }
    }

    /// <summary>y where x > 0 or NaN, else slope·y.</summary>
    private readonly unsafe struct Leak<T>(T* slopes) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L y, L x, int column, int lanes)
            where L : struct, ILanes<L, T> => L.IfLessOrEqual(x, L.Zero, y * L.LoadFirst(slopes + column, lanes), y);
    }

    private readonly struct SlopeTerm : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x, S dy)
            where S : struct, IReal<S> => S.IfLess(0, x, 0, x * dy);
    }
}
