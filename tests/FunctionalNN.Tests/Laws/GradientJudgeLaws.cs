using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

/// <summary>The judge of gradients, on functions with a kink at any distance from where it looks.</summary>
public class GradientJudgeLaws
{
    private static readonly GradientPlace Place = new("layer", "slot", 0, 0);

    /// <summary>f(x) = sin x + x²/2 + c + s·max(0, ±(x − x₀ − d)): smooth but for one kink.</summary>
    /// <param name="At">x₀, where the gradient is asked for.</param>
    /// <param name="Distance">d, from there to the kink.</param>
    /// <param name="Slope">s, by which the slope changes there.</param>
    /// <param name="Level">c.</param>
    /// <param name="IsLeft">Whether the slope changes to the left of the kink.</param>
    public sealed record Bent(double At, double Distance, double Slope, double Level, bool IsLeft)
    {
        public double Gradient => Math.Cos(At) + At + (IsLeft ? Distance > 0 ? -Slope : 0 : Distance < 0 ? Slope : 0);

        public double Of(double x) =>
            Math.Sin(x) + (x * x / 2) + Level + (Slope * Math.Max(0, IsLeft ? At + Distance - x : x - At - Distance));

        public static Arbitrary<Bent> Any() => Arb.From(
            from at in Gen.Choose(-3000, 3000)
            from exponent in Gen.Choose(-900, -200)
            from sign in Gen.Elements(-1, 0, 1)
            from slope in Gen.Elements(1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, -1e-4, -1e-3, -1, 5)
            from level in Gen.Choose(0, 3)
            from isLeft in Gen.Elements(false, true)
            select new Bent(at / 1000.0, sign * Math.Pow(10, exponent / 100.0), slope, level, isLeft));
    }

    [Property(MaxTest = 5000, Arbitrary = [typeof(Bent)])]
    public void The_right_gradient_is_right_or_on_a_kink(Bent bent)
    {
        var verdict = GradientCheck.Judge(Place, bent.Gradient, bent.At, bent.Of);
        Assert.True(verdict.IsRight || verdict.IsKink, $"{verdict}");
    }

    [Property(MaxTest = 5000, Arbitrary = [typeof(Bent)])]
    public void Another_gradient_is_wrong(Bent bent)
    {
        foreach (var (off, distance) in (ReadOnlySpan<(double, double)>)[(1e-4, 0.02), (-1e-3, -0.02), (0.1, 0.5), (3, -0.02)])
        {
            var far = bent with { Distance = distance };
            var verdict = GradientCheck.Judge(Place, far.Gradient + (off * (1 + Math.Abs(far.Gradient))), far.At, far.Of);
            Assert.False(verdict.IsRight || verdict.IsKink, $"{verdict} {verdict.IsKink}");
        }
    }

    [Property(MaxTest = 1000, Arbitrary = [typeof(Bent)])]
    public void On_a_kink_only_the_slopes_of_its_sides_are_right(Bent bent)
    {
        var at = bent with { Distance = 0 };
        var between = at.Gradient + ((at.IsLeft ? -0.3 : 0.3) * at.Slope);
        var verdict = GradientCheck.Judge(Place, between, at.At, at.Of);
        Assert.True(verdict.IsKink || Math.Abs(at.Slope) < 1e-4, $"{verdict}");
        Assert.True(GradientCheck.Judge(Place, at.Gradient, at.At, at.Of).IsRight);
    }
}
