using System.Runtime.CompilerServices;

namespace FunctionalNN.Tests;

/// <summary>Activations, losses and optimizers as a user writes them: one record with one formula each.</summary>
internal static class OwnFormulas
{
    public static Activation[] Activations { get; } =
        [new Softsign(), new Softsign { Offset = 2.5 }, new Mish(), new Bump(), new Squareplus(4), new Everything()];

    public static ElementLoss[] Losses { get; } = [new Tversky(0.3, 0.7), new Quantile(0.9)];

    public static Optimizer[] Optimizers { get; } = [new Signum(0.01), new Signum(new CosineDecay(0.1, 20)) { Beta = 0.5 }];
}

/// <summary>y = x/(c + |x|).</summary>
public sealed record Softsign : Activation<Softsign.Rule>
{
    public double Offset { get; init; } = 1;

    public override OutputRange RangeFor(OutputRange input) => OutputRange.Symmetric;

    protected override Rule Formula => new(Offset);

    public readonly struct Rule(Setting offset) : IFormula
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public S Of<S>(S x)
            where S : struct, IReal<S> => x / (offset + S.Abs(x));
    }
}

/// <summary>y = x·tanh(ln(1 + eˣ)).</summary>
public sealed record Mish : Activation<Mish.Rule>
{
    public readonly struct Rule : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => x * S.Tanh(S.Softplus(x));
    }
}

/// <summary>y = e^(−x²).</summary>
public sealed record Bump : Activation<Bump.Rule>
{
    public readonly struct Rule : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => S.Exp(-(x * x));
    }
}

/// <summary>y = (x + √(x² + b))/2.</summary>
public sealed record Squareplus(double B) : Activation<Squareplus.Rule>
{
    protected override Rule Formula => new(B);

    public readonly struct Rule(Setting b) : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S> => (x + S.Sqrt(S.MultiplyAdd(x, x, b))) * 0.5;
    }
}

/// <summary>Every function of the algebra that has a form everywhere, in one formula whose results stay small.</summary>
public sealed record Everything : Activation<Everything.Rule>
{
    public readonly struct Rule : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S>
        {
            var near = S.Max(S.Min(x, 3), -3);
            var sum = S.Exp(near) - S.ExpMinusOne(near) + S.Log(1 + (near * near)) + S.LogOnePlus(S.Abs(near)) + S.Sigmoid(x)
                + S.Softplus(-near);
            sum += S.LogCosh(near) * S.NormalDensity(x) - (near * S.NormalCumulative(x)) + S.NormalCumulative(near)
                - S.Sign(x) / S.Sqrt(2 + (near * near));
            return S.IfLess(x, -1, S.Tanh(sum), S.IfLessOrEqual(x, 1, sum, S.Max(-sum, S.Min(near, sum)) + S.IfEqual(near, 3, 0.5, 0.25)));
        }
    }
}

/// <summary>1 − p·y/(p·y + α·p·(1 − y) + β·(1 − p)·y), as Tversky's index weighs false alarms and misses, for each number.</summary>
public sealed record Tversky(double Alpha, double Beta) : ElementLoss<Tversky.Rule>
{
    protected override Rule Formula => new(Alpha, Beta);

    public readonly struct Rule(Setting alpha, Setting beta) : IBinaryFormula
    {
        public S Of<S>(S prediction, S target)
            where S : struct, IReal<S>
        {
            var p = S.Sigmoid(prediction);
            var both = p * target;
            return 1 - ((both + 0.1) / (both + (alpha * p * (1 - target)) + (beta * (1 - p) * target) + 0.1));
        }
    }
}

/// <summary>τ·(y − ŷ) where ŷ is too low, (1 − τ)·(ŷ − y) where it is too high.</summary>
public sealed record Quantile(double Tau) : ElementLoss<Quantile.Rule>
{
    protected override Rule Formula => new(Tau);

    public readonly struct Rule(Setting tau) : IBinaryFormula
    {
        public S Of<S>(S prediction, S target)
            where S : struct, IReal<S> => S.IfLess(prediction, target, tau * (target - prediction), (1 - (S)tau) * (prediction - target));
    }
}

/// <summary>m ← β·m + (1 − β)·g, p ← p − η·sign(m).</summary>
public sealed record Signum : Optimizer<Signum.Rule>
{
    public Signum(LearningRateSchedule learningRate)
        : base(learningRate)
    {
    }

    public double Beta { get; init; } = 0.9;

    protected override Rule RuleAt(double rate, long age) => new(rate, Beta, 1 - Beta);

    public readonly struct Rule(Setting rate, Setting keep, Setting take) : IUpdateRule
    {
        public static int Moments => 1;

        public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
            where S : struct, IReal<S>
        {
            m = (keep * m) + (take * g);
            p -= rate * S.Sign(m);
        }
    }
}
