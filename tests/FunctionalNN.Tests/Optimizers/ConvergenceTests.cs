namespace FunctionalNN.Tests;

/// <summary>Every rule finds the bottom of a bowl that is a hundred times steeper one way than the other, and of Rosenbrock's
/// valley.</summary>
public class ConvergenceTests
{
    private static readonly Dictionary<string, (Optimizer Bowl, int BowlSteps, Optimizer Valley, int ValleySteps)> Table = new()
    {
        ["Sgd"] = (new Sgd(0.015), 2000, new Sgd(1e-3), 60_000),
        ["velocity"] = (new Sgd(0.01) { Momentum = 0.9 }, 500, new Sgd(3e-4) { Momentum = 0.9 }, 20_000),
        ["Nesterov"] = (new Sgd(0.005) { Momentum = 0.9, Nesterov = true }, 500, new Sgd(3e-4) { Momentum = 0.9, Nesterov = true }, 20_000),
        ["average"] =
            (new Sgd(0.05) { Momentum = 0.9, Form = MomentumForm.Average }, 1000,
                new Sgd(3e-3) { Momentum = 0.9, Form = MomentumForm.Average }, 20_000),
        ["Adagrad"] = (new Adagrad(0.5), 500, new Adagrad(0.5), 20_000),
        ["RmsProp"] = (new RmsProp(new ExponentialDecay(0.05, 0.98)), 800, new RmsProp(new ExponentialDecay(0.01, 0.5, 4000)), 40_000),
        ["RmsProp, centred"] =
            (new RmsProp(new ExponentialDecay(0.05, 0.98)) { Centered = true, Momentum = 0.5 }, 800,
                new RmsProp(new ExponentialDecay(0.002, 0.5, 5000)) { Centered = true, Momentum = 0.5 }, 50_000),
        ["Adadelta"] = (new Adadelta(new ExponentialDecay(1, 0.999)), 6000, new Adadelta(new ExponentialDecay(0.3, 0.5, 8000)), 40_000),
        ["Adam"] = (new Adam(new ExponentialDecay(0.1, 0.99)), 1500, new Adam(new ExponentialDecay(0.05, 0.5, 2000)), 20_000),
        ["AMSGrad"] = (new Adam(0.1) { AmsGrad = true }, 2000, new Adam(0.05) { AmsGrad = true }, 40_000),
        ["AdamW"] =
            (new AdamW(new ExponentialDecay(0.1, 0.99)) { Strength = 0 }, 1500,
                new AdamW(new ExponentialDecay(0.05, 0.5, 2000)) { Strength = 0 }, 20_000),
        ["NAdam"] = (new NAdam(new ExponentialDecay(0.1, 0.99)), 1500, new NAdam(new ExponentialDecay(0.05, 0.5, 2000)), 20_000),
        ["Lion"] = (new Lion(new ExponentialDecay(0.1, 0.985)), 1500, new Lion(new ExponentialDecay(0.01, 0.5, 3000)), 40_000),
        ["Rprop"] = (new Rprop(), 300, new Rprop(), 5_000),
    };

    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void It_finds_the_bottom_of_a_steep_bowl(string name)
    {
        var found = Table[name].Bowl.Steps(Descending.Vector(1.0, -1.5), (_, p) => Descending.Vector(100 * p.Values[0], p.Values[1]))
            .ElementAt(Table[name].BowlSteps).Values;
        Assert.True(Math.Abs(found[0]) < 1e-3 && Math.Abs(found[1]) < 1e-2, $"{found[0]}, {found[1]}");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_finds_the_bottom_of_Rosenbrocks_valley(string name)
    {
        var found = Table[name].Valley.Steps(Descending.Vector(-1.2, 1.0), Slope).ElementAt(Table[name].ValleySteps).Values;
        Assert.True(Math.Abs(found[0] - 1) < 0.05 && Math.Abs(found[1] - 1) < 0.1, $"{found[0]}, {found[1]}");

        // f = (1 − x)² + 100·(y − x²)²
        static ParameterVector<double> Slope(int step, ParameterVector<double> p)
        {
            var (x, y) = (p.Values[0], p.Values[1]);
            return Descending.Vector((-2 * (1 - x)) - (400 * x * (y - (x * x))), 200 * (y - (x * x)));
        }
    }
}
