using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN.Tests;

/// <summary>y = x²; its derivative is 2x, and the half of that is planted.</summary>
internal sealed record HalfSlope : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = x[i] * x[i];
        }
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (var i = 0; i < dx.Length; i++)
        {
            dx[i] = x[i] * dy[i];
        }
    }
}

/// <summary>y = c·x where c counts the calls.</summary>
internal sealed record Counting : Activation
{
    private static int calls;

    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        var factor = T.CreateTruncating(1 + (Interlocked.Increment(ref calls) * 1e-3));
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = factor * x[i];
        }
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);
}

/// <summary>y = eˣ / (1 + eˣ) as it stands: ∞/∞ from 89 up in float.</summary>
internal sealed record NaiveSigmoid : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (var i = 0; i < y.Length; i++)
        {
            var e = T.Exp(x[i]);
            y[i] = e / (T.One + e);
        }
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (var i = 0; i < dx.Length; i++)
        {
            dx[i] = dy[i] * y[i] * (T.One - y[i]);
        }
    }
}

/// <summary>y = 2x, but x for the last number of each span that is cut for a thread, when spans are long.</summary>
internal sealed record CutDependent : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => Double(x, y);

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => Double(dy, dx);

    private static void Double<T>(ReadOnlySpan<T> x, Span<T> y)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        for (var i = 0; i < y.Length; i++)
        {
            y[i] = i == y.Length - 1 && i > 1000 ? x[i] : x[i] + x[i];
        }
    }
}

/// <summary>y = x − the mean of the batch, in prediction too.</summary>
internal sealed record Centred : Layer
{
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new Memory<T>(Centre(pass, input));

    private static Matrix<T> Centre<T>(in Pass<T> pass, Matrix<T> input)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var output = pass.Rent(input.Rows, input.Columns, out var y);
        for (var column = 0; column < input.Columns; column++)
        {
            var sum = T.Zero;
            for (var row = 0; row < input.Rows; row++)
            {
                sum += input[row, column];
            }

            for (var row = 0; row < input.Rows; row++)
            {
                y[(row * input.Columns) + column] = input[row, column] - (sum / T.CreateTruncating(input.Rows));
            }
        }

        return output;
    }

    private sealed record Memory<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) =>
            Centre(pass, outputGradient);
    }
}

/// <summary>Halves the output in prediction and says nothing of it in Frozen.</summary>
internal sealed record ForgotFrozen : Layer
{
    public override Validation<Error, int> Width(int inputs) => Right(inputs);

    public override Cache<T> Forward<T>(in Pass<T> pass, Matrix<T> input) => new Memory<T>(input);

    public override Matrix<T> Infer<T>(in Pass<T> pass, Matrix<T> input) => input.Map(x => x / T.CreateTruncating(2));

    private sealed record Memory<T>(Matrix<T> Output) : Cache<T>(Output)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        public override Matrix<T> Backward(in Pass<T> pass, Matrix<T> outputGradient, Span<T> parameterGradient) => outputGradient;
    }
}

/// <summary>Squares in which a row counts by its position in the batch.</summary>
internal sealed record PositionLoss : Loss
{
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) =>
        new MeanSquaredError().Fits(outputs, range, targets);

    public override long Predictions(int rows, int outputs) => (long)rows * outputs;

    public override long Evaluate<T>(in Pass<T> pass, Matrix<T> prediction, Targets targets, Span<T> rowLosses, Span<T> gradient)
    {
        var right = new MeanSquaredError().Evaluate(pass, prediction, targets, rowLosses, gradient);
        for (var row = 0; row < prediction.Rows; row++)
        {
            rowLosses[row] *= T.CreateTruncating(row + 1);
            for (var column = 0; gradient.Length > 0 && column < prediction.Columns; column++)
            {
                gradient[(row * prediction.Columns) + column] *= T.CreateTruncating(row + 1);
            }
        }

        return right;
    }
}

/// <summary>Accepts no targets at all.</summary>
internal sealed record Picky : ElementLoss
{
    public override Validation<Error, Unit> Fits(int outputs, OutputRange range, Targets targets) => Wrong("not these");

    protected override void Terms<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, Span<T> losses) => losses.Clear();

    protected override void Slopes<T>(ReadOnlySpan<T> prediction, ReadOnlySpan<T> target, T scale, Span<T> slopes) => slopes.Clear();
}

/// <summary>Takes no width at all.</summary>
internal sealed record Widthless : Activation
{
    public override Validation<Error, int> Width(int inputs) => Wrong($"{inputs} is not a width that I like");

    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y) => x.CopyTo(y);

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx) => dy.CopyTo(dx);
}

/// <summary>What an optimizer can do wrong.</summary>
internal enum Fault
{
    Climbs,
    DividesByGradient,
    DependsOnPlace,
    CountsCalls,
}

/// <summary>Plain descent with a fault.</summary>
internal sealed record FaultyDescent(Fault Fault) : Optimizer(0.1)
{
    private static int calls;

    public override int MomentCount => 0;

    protected override bool Update<T>(in ParameterUpdate<T> update)
    {
        var call = Interlocked.Increment(ref calls);
        for (var i = 0; i < update.Parameters.Length; i++)
        {
            var (rate, g) = (T.CreateTruncating(update.Rate), update.Gradient[i]);
            update.Parameters[i] -= Fault switch
            {
                Fault.Climbs => -rate * g,
                Fault.DividesByGradient => rate * g / T.Abs(g),
                Fault.DependsOnPlace => rate * g / T.CreateTruncating(i + 1),
                _ => rate * g / T.CreateTruncating(call),
            };
        }

        return true;
    }
}
