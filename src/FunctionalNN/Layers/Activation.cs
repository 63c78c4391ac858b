using System.Numerics;
using System.Text;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A layer without parameters that maps number by number: y = f(x), ∂L/∂x = ∂L/∂y · f′(x).</summary>
/// <remarks>
/// A derived record gives the two formulas on spans of equal length; large batches are cut into spans for several threads, so
/// a number's result must not depend on where in a span it lies. The output is as wide as the input: a record with settings
/// overrides <see cref="Width"/> only to check them.
/// </remarks>
public abstract record Activation : Layer
{
    /// <inheritdoc/>
    public sealed override bool IsRowwise => true;

    /// <inheritdoc/>
    public override bool KeepsShape => true;

    /// <inheritdoc/>
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    /// <inheritdoc/>
    public sealed override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new ActivationCache<T>(this, input, Infer(pass, input));

    /// <inheritdoc/>
    public sealed override unsafe Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input)
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        fixed (T* px = input.Values, py = y)
        {
            var job = new ForwardJob<T>(this, px, py, y.Length);
            pass.Team.Run(ref job, pass.Team.PartsFor(y.Length * NanosecondsEach));
        }

        return output;
    }

    /// <summary>The formula as other systems have it, for text and for ONNX: without what keeps it finite at ±∞. Null where the activation
    /// is none.</summary>
    public virtual IFormula? Plain => this as IFormula;

    /// <summary>The operator of ONNX that this is; null where there is none, and the nodes follow from the formula.</summary>
    public virtual NamedOperator? KnownOperator => null;

    /// <summary>y = f(x).</summary>
    protected abstract void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>dx = dy · f′(x), where y = f(x) is at hand.</summary>
    protected abstract void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
        where T : unmanaged, IFloatingPointIeee754<T>;

    /// <summary>Writes the name, as for any layer: what follows from the kind is no setting.</summary>
    protected override bool PrintMembers(StringBuilder builder) => base.PrintMembers(builder);

    /// <summary>Estimated nanoseconds per element: decides from which size on the work is divided among threads.</summary>
    private protected virtual double NanosecondsEach => 0.1;

    private const int Step = 64;

    private sealed record ActivationCache<T>(Activation Layer, Matrix<T> Input, Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public override unsafe Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient)
        {
            var inputGradient = pass.Rent(Input.Rows, Input.Columns, out var dx);
            fixed (T* px = Input.Values, py = Output.Values, pdy = outputGradient.Values, pdx = dx)
            {
                var job = new BackwardJob<T>(Layer, px, py, pdy, pdx, dx.Length);
                pass.Team.Run(ref job, pass.Team.PartsFor(dx.Length * Layer.NanosecondsEach));
            }

            return inputGradient;
        }
    }

    private readonly unsafe struct ForwardJob<T>(Activation layer, T* x, T* y, int count) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, Step, part, parts);
            layer.Apply(new ReadOnlySpan<T>(x + start, end - start), new Span<T>(y + start, end - start));
        }
    }

    private readonly unsafe struct BackwardJob<T>(Activation layer, T* x, T* y, T* dy, T* dx, int count) : IJob
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public void Execute(int part, int parts)
        {
            var (start, end) = Team.Range(count, Step, part, parts);
            var length = end - start;
            layer.Differentiate(
                new ReadOnlySpan<T>(x + start, length), new ReadOnlySpan<T>(y + start, length), new ReadOnlySpan<T>(dy + start, length),
                new Span<T>(dx + start, length));
        }
    }
}
