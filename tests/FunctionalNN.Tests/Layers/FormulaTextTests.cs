namespace FunctionalNN.Tests;

/// <summary>Formulas and derivatives as one writes them.</summary>
public class FormulaTextTests
{
    public static TheoryData<string, string, string> Activations => new()
    {
        { nameof(Softsign), "x / (1 + |x|)", "(1 − x / (1 + |x|) · sign(x)) / (1 + |x|)" },
        { nameof(Relu), "max(x, 0)", "0 where x ≤ 0, else 1" },
        { nameof(Silu), "x · σ(x)", "σ(x) + x · σ(x) · (1 − σ(x))" },
        { nameof(Tanh), "tanh(x)", "1 − tanh(x)²" },
        { nameof(Softplus), "ln(1 + exp(x))", "σ(x)" },
        { nameof(Gelu), "x · Φ(x)", "Φ(x) + x · φ(x)" },
        { nameof(HardSigmoid), "min(max(0.166667 · x + 0.5, 0), 1)", "" },
        { nameof(Bump), "exp(−x²)", "" },
        { nameof(Squareplus), "0.5 · (x + √(x² + 4))", "" },
        { nameof(Elu), "exp(x) − 1 where x ≤ 0, else x", "exp(x) where x ≤ 0, else 1" },
    };

    [Theory]
    [MemberData(nameof(Activations))]
    public void An_activation(string name, string formula, string slope)
    {
        Activation[] all =
            [new Softsign(), new Relu(), new Silu(), new Tanh(), new Softplus(), new Gelu(), new HardSigmoid(), new Bump(),
                new Squareplus(4), new Elu()];
        var activation = (IFormula)all.Single(one => one.Kind == name);
        Assert.Equal(formula, FormulaText.Of(activation));
        Assert.Equal(slope, slope.Length == 0 ? "" : FormulaText.SlopeOf(activation));
    }

    [Fact]
    public void A_loss()
    {
        Assert.Equal("|ŷ − y|", FormulaText.Of(new MeanAbsoluteError()));
        Assert.Equal("sign(ŷ − y)", FormulaText.SlopeOf(new MeanAbsoluteError()));
        Assert.Equal("(ŷ − y)²", FormulaText.Of(new MeanSquaredError()));
        Assert.Equal("2 · (ŷ − y)", FormulaText.SlopeOf(new MeanSquaredError()));
        Assert.Equal("sign(ŷ − y) where 1 < |ŷ − y|, else ŷ − y", FormulaText.SlopeOf(new Huber()));
        Assert.Equal("0.9 · (y − ŷ) where ŷ < y, else 0.1 · (ŷ − y)", FormulaText.Of(new Quantile(0.9)));
    }

    [Fact]
    public void What_stands_twice_and_is_long_has_a_name() =>
        Assert.Equal("a / (1 + a²) with a = tanh(x² + √(x)) + x", FormulaText.Of(default(Twice)));

    [Fact]
    public void Extremes_have_signs() => Assert.Equal("−∞", FormulaWriter.Number(double.NegativeInfinity));

    private readonly struct Twice : IFormula
    {
        public S Of<S>(S x)
            where S : struct, IReal<S>
        {
            var a = S.Tanh((x * x) + S.Sqrt(x)) + x;
            return a / (1 + (a * a));
        }
    }
}
