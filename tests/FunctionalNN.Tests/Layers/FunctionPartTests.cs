namespace FunctionalNN.Tests;

/// <summary>Activations, losses and optimizers that are given as functions.</summary>
public class FunctionPartTests
{
    private static readonly GraphActivation Softsign = Activation.Of("softsign", x => x / (1 + Real.Abs(x)));
    private static readonly GraphLoss Quantile = Loss.Of("quantile",
        (prediction, target) => Real.Max(0.7 * (target - prediction), 0.3 * (prediction - target)));
    private static readonly GraphOptimizer Signum = Optimizer.Of("signum", 0.01, u => u with
    {
        Parameter = u.Parameter - (u.Rate * Real.Sign((0.9 * u.First) + (0.1 * u.Gradient))),
        First = (0.9 * u.First) + (0.1 * u.Gradient),
    });

    /// <summary>Adam, with powers of β by exponentials: two moments, the rate and the time.</summary>
    private static readonly GraphOptimizer OwnAdam = Optimizer.Of("own Adam", 0.01, u =>
    {
        var (m, v) = ((0.9 * u.First) + (0.1 * u.Gradient), (0.999 * u.Second) + (0.001 * u.Gradient * u.Gradient));
        Real Bias(double beta) => 1 - Real.Exp(u.Time * Math.Log(beta));
        return u with
        {
            Parameter = u.Parameter - (u.Rate * (m / Bias(0.9)) / (Real.Sqrt(v / Bias(0.999)) + 1e-7)),
            First = m,
            Second = v,
        };
    });

    private static readonly LawSettings Few = new() { Cases = 15 };

    [Fact]
    public void A_part_from_a_function_keeps_all_laws()
    {
        Assert.NotEmpty(Laws.Layer(Softsign, Few).Laws);
        Assert.NotEmpty(Laws.Loss(Quantile, Few).Laws);
        Assert.NotEmpty(Laws.Optimizer(Signum, Few).Laws);
        Assert.NotEmpty(Laws.Optimizer(OwnAdam, Few).Laws);
    }

    [Fact]
    public void A_function_gives_the_bits_of_the_record_with_the_same_formula()
    {
        var input = Matrix.Create(7, 9, (row, column) => ((row * 9) + column - 30f) / 7);
        var (byFunction, byRecord) = (Predictor(Softsign), Predictor(new SoftsignRecord()));
        Assert.Equal(byRecord.Predict(input), byFunction.Predict(input));
        Assert.Equal(Trained(new SignumRecord(0.01)).Model.Parameters, Trained(Signum).Model.Parameters);

        static Model<float> Predictor(Layer layer) => new Network(9, [new Dense(9), layer, new Dense(2)]).Initialize(seed: 1);
    }

    [Fact]
    public void Adam_as_a_function_is_Adam_but_for_rounding()
    {
        var own = Trained(OwnAdam).Model.Parameters.Values;
        var ours = Trained(new Adam(0.01)).Model.Parameters.Values;
        for (var i = 0; i < own.Length; i++)
        {
            Assert.Equal(ours[i], own[i], 1e-3);
        }
    }

    [Fact]
    public void Parts_from_functions_are_saved_with_a_state_which_goes_on_to_the_same_bits()
    {
        var path = Path.Combine(Path.GetTempPath(), $"{nameof(FunctionPartTests)}-{Environment.ProcessId}.safetensors");
        try
        {
            var data = Generate.Sine(samples: 40);
            var batches = data.Shuffled(8);
            foreach (var optimizer in new Optimizer[] { Signum, OwnAdam,
                Optimizer.Of("plain", 0.01, u => u with { Parameter = u.Parameter - (u.Rate * u.Gradient) }) })
            {
                var start = new Network(1, [new Dense(6), Softsign, new Dense(1)]).Initialize(1).Train(optimizer, seed: 2);
                var states = start.Epochs(batches, Quantile).Take(4).ToArray();
                states[1].Save(path).OrThrow();
                var loaded = TrainingState.Load<float>(path).OrThrow();
                Assert.Equal(states[1].Optimizer, loaded.Optimizer);
                StateBits.AssertSame(states[3], loaded.Epochs(batches, Quantile).Take(2).Last());
            }
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void A_formula_prints() =>
        Assert.Equal(("x / (1 + |x|)", "max(0.7 · (y − ŷ), 0.3 · (ŷ − y))"), (FormulaText.Of(Softsign), FormulaText.Of(Quantile)));

    [Fact]
    public void Moments_that_the_function_leaves_alone_are_not_kept() =>
        Assert.Equal((0, 1, 2), (Optimizer.Of("plain", 0.1, u => u.WithParameter(u.Parameter - (u.Rate * u.Gradient))).MomentCount,
            Signum.MomentCount, OwnAdam.MomentCount));

    [Fact]
    public void A_name_is_needed()
    {
        Assert.Throws<ArgumentException>(() => Activation.Of(" ", x => x));
        Assert.Throws<ArgumentException>(() => Loss.Of("", (x, y) => x - y));
        Assert.Throws<ArgumentException>(() => Optimizer.Of("", 0.1, u => u));
    }

    private static TrainingState<float> Trained(Optimizer optimizer) =>
        new Network(2, [new Dense(7), new Relu(), new Dense(3), new Softmax()]).Initialize(seed: 3).Train(optimizer, seed: 4)
            .Epochs(Generate.Spiral(samples: 10, classes: 3, seed: 0).Shuffled(7), new CategoricalCrossEntropy()).Take(3).Last();

    private sealed record SoftsignRecord : Activation<SoftsignRecord.Rule>
    {
        public readonly struct Rule : IFormula
        {
            public S Of<S>(S x)
                where S : struct, IReal<S> => x / (1 + S.Abs(x));
        }
    }

    private sealed record SignumRecord(LearningRateSchedule Rate) : Optimizer<SignumRecord.Rule>(Rate)
    {
        protected override Rule RuleAt(double rate, long age) => new(rate);

        public readonly struct Rule(Setting rate) : IUpdateRule
        {
            public static int Moments => 1;

            public void Update<S>(S g, ref S p, ref S m, ref S v, ref S w)
                where S : struct, IReal<S>
            {
                m = (0.9 * m) + (0.1 * g);
                p -= rate * S.Sign(m);
            }
        }
    }
}
