namespace FunctionalNN.Tests;

/// <summary>The formulas of each initialiser, against the key's own numbers: He √(2/in)·N, Glorot ±√(6/(in + out)), nnfs 0.01·N.</summary>
public class InitializerFormulaTests
{
    private const int Inputs = 8;
    private const int Outputs = 4;

    private static readonly Key SlotKey = new Key(3).Fold(0).Fold(0);

    public static TheoryData<Initializer, Func<int, double>> Formulas => new()
    {
        { Initializer.He, i => Math.Sqrt(2.0 / Inputs) * SlotKey.Normal(i) },
        { Initializer.Glorot, i => Math.Sqrt(6.0 / (Inputs + Outputs)) * ((2 * SlotKey.Uniform(i)) - 1) },
        { Initializer.Normal(0.01), i => 0.01 * SlotKey.Normal(i) },
        { Initializer.Uniform(0.5), i => 0.5 * ((2 * SlotKey.Uniform(i)) - 1) },
        { Initializer.Zeros, _ => 0 },
        { Initializer.Ones, _ => 1 },
        { Initializer.Value(-2.5), _ => -2.5 },
    };

    [Theory]
    [MemberData(nameof(Formulas))]
    public void Numbers_follow_the_formula(Initializer initializer, Func<int, double> formula)
    {
        var dense = new Dense(Outputs) { WeightInitializer = initializer };
        var weights = new Network(Inputs, [dense]).Initialize<double>(3).Parameters["dense1", "weights"];
        ReferenceAssert.Near([.. Enumerable.Range(0, Inputs * Outputs).Select(formula)], weights, 1e-15);
    }

    [Fact]
    public void Biases_and_shifts_start_at_0_and_scales_and_variances_at_1()
    {
        var model = new Network(3, [new Dense(2), new BatchNormalization()]).Initialize<double>(1);
        Assert.Equal(Matrix.Row(0.0, 0), model.Parameters["dense1", "bias"]);
        Assert.Equal(Matrix.Row(1.0, 1), model.Parameters["batchNormalization1", "gamma"]);
        Assert.Equal(Matrix.Row(0.0, 0), model.Parameters["batchNormalization1", "beta"]);
        Assert.Equal(Matrix.Row(0.0, 0), model.Statistics["batchNormalization1", "mean"]);
        Assert.Equal(Matrix.Row(1.0, 1), model.Statistics["batchNormalization1", "variance"]);
    }
}
