using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.CompilerServices;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Dense, Relu and perhaps Dropout computed as one: y = max(x·W + b, 0) · m/(1 − rate). A network is built of the three; the engine puts
/// this in their place. The bits are those of the three one after the other.
/// Backward: dz = dy/(1 − rate) where y > 0, else 0 (where a number was dropped y is 0 too), then as for <see cref="Dense"/>.
/// </summary>
/// <param name="Dense">Gives the parameters.</param>
/// <param name="DropRate">0 when there is no dropout.</param>
internal sealed record DenseRelu(Dense Dense, double DropRate) : Layer
{
    /// <summary>What a gradient that comes through is multiplied by.</summary>
    public double Scale => DropRate == 0 ? 1 : 1 / (1 - DropRate);

    internal override bool IsRowwise => DropRate == 0;

    public override Validation<Error, int> Width(int inputs) => Dense.Width(inputs);

    public override ImmutableArray<Slot> Parameters(int inputs) => Dense.Parameters(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = Infer(pass, input);
        if (DropRate > 0)
        {
            RandomMask.Apply(pass.Team, pass.Key, DropRate, output.Values, output.Block.Span);
        }

        return pass.Previous is DenseReluCache<T> previous && ReferenceEquals(previous.Input, input)
            && ReferenceEquals(previous.Output, output)
            ? previous
            : new DenseReluCache<T>(Scale, input, output);
    }

    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => Dense.Infer(pass, input, rectifies: true);

    private sealed record DenseReluCache<T>(double Scale, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var gated = outputGradient;
            if (!pass.OutputGradientIsGated)
            {
                gated = pass.Rent(Output.Rows, Output.Columns, out var dz);
                Elementwise.Zip(new Gate(Scale), Output.Values, outputGradient.Values, dz);
            }

            return Dense.Backward(pass, Input, gated, parameterGradient);
        }
    }

    private readonly struct Gate(Setting scale) : IBinaryFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S y, S dy)
            where S : struct, IReal<S> => S.IfLessOrEqual(y, 0, 0, dy * scale);
    }
}
