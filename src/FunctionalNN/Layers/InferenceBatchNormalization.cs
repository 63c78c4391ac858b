using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Batch normalisation as it predicts: y = γ·(x − μ)/√(σ² + ε) + β with the running μ and σ², so dx = dy·γ/√(σ² + ε). Its parameters get no
/// gradient.
/// </summary>
internal sealed record InferenceBatchNormalization(BatchNormalization Layer) : Layer
{
    public override string Kind => Layer.Kind;

    public override bool KeepsShape => true;

    internal override bool ActsOnChannels => true;

    public override Validation<Error, int> Width(int inputs) => Layer.Width(inputs);

    public override ImmutableArray<Slot> Parameters(int inputs) => Layer.Parameters(inputs);

    public override ImmutableArray<Slot> Statistics(int inputs) => Layer.Statistics(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        ReadOnlySpan<T> gamma = pass.Parameter(0).Values, variance = pass.Statistic(1).Values;
        var slopes = pass.Rent(1, input.Columns, out var factors);
        var epsilon = T.CreateTruncating(Layer.Epsilon);
        for (var j = 0; j < factors.Length; j++)
        {
            factors[j] = gamma[j] / T.Sqrt(variance[j] + epsilon);
        }

        return new InferenceBatchNormalizationCache<T>(slopes, Layer.Infer(pass, input));
    }

    private sealed record InferenceBatchNormalizationCache<T>(Matrix<T> Slopes, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override unsafe Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            parameterGradient.Clear();
            var inputGradient = pass.Rent(Output.Rows, Output.Columns, out var dx);
            fixed (T* factors = Slopes.Values)
            {
                Columnwise.Map(pass.Team, new Factor<T>(factors), outputGradient.Values, outputGradient.Values, dx, Output.Columns);
            }

            return inputGradient;
        }
    }

    private readonly unsafe struct Factor<T>(T* factors) : IColumnFormula<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public L Invoke<L>(L x, L z, int column, int lanes)
            where L : struct, ILanes<L, T> => x * L.LoadFirst(factors + column, lanes);
    }
}
