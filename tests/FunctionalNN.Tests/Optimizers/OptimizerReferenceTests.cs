namespace FunctionalNN.Tests;

/// <summary>Twelve updates of five parameters, with gradients from 1 down to 0.0001, against other implementations.</summary>
public class OptimizerReferenceTests
{
    private static readonly Dictionary<string, Optimizer> Table = new()
    {
        ["torch SGD"] = new Sgd(0.1),
        ["torch SGD momentum"] = Torch,
        ["torch SGD momentum falling rate"] = Torch with { LearningRate = new InverseTime(0.1, 0.5) },
        ["torch SGD nesterov"] = Torch with { Nesterov = true },
        ["torch SGD dampening"] = Torch with { Dampening = 0.4 },
        ["torch SGD weight_decay"] = Torch.DecayGradient(0.2),
        ["torch Adagrad"] = Adagrad.Like(Dialect.PyTorch),
        ["torch Adagrad lr_decay"] = Adagrad.Like(Dialect.PyTorch) with { LearningRate = 0.5, Decay = 0.1, InitialAccumulator = 0.1 },
        ["torch RMSprop"] = RmsProp.Like(Dialect.PyTorch),
        ["torch RMSprop momentum"] = RmsProp.Like(Dialect.PyTorch) with { Momentum = 0.9 },
        ["torch RMSprop centered"] = RmsProp.Like(Dialect.PyTorch) with { Centered = true },
        ["torch RMSprop centered momentum falling rate"] =
            RmsProp.Like(Dialect.PyTorch) with { Centered = true, Momentum = 0.5, Decay = 0.5 },
        ["torch Adadelta"] = Adadelta.Like(Dialect.PyTorch),
        ["torch Adam"] = Adam.Like(Dialect.PyTorch),
        ["torch Adam amsgrad"] = Adam.Like(Dialect.PyTorch) with { LearningRate = 0.1, Beta1 = 0.5, Beta2 = 0.6, AmsGrad = true },
        ["torch Adam weight_decay"] = Adam.Like(Dialect.PyTorch).DecayGradient(0.1),
        ["torch AdamW"] = AdamW.Like(Dialect.PyTorch),
        ["torch AdamW 0.1"] = AdamW.Like(Dialect.PyTorch) with { LearningRate = 0.1, Strength = 0.1 },
        ["torch NAdam"] = NAdam.Like(Dialect.PyTorch),
        ["torch NAdam fast"] = new NAdam(0.1) { Beta1 = 0.7, Beta2 = 0.9, MomentumDecay = 0.5 },
        ["torch Rprop"] = new Rprop(),
        ["torch clip_grad_value"] = Torch.ClipByValue(0.05),
        ["sklearn SGD nesterov"] = Sgd.Like(Dialect.ScikitLearn),
        ["sklearn SGD"] = new Sgd(0.1) { Momentum = 0.9 },
        ["sklearn Adam"] = Adam.Like(Dialect.ScikitLearn),
        ["numpy Lion"] = new Lion().DecayWeights(0.1),
        ["numpy Keras Nadam"] = NAdam.Like(Dialect.Keras),
        ["numpy Keras RMSprop"] = RmsProp.Like(Dialect.Keras) with { Centered = true, Momentum = 0.7 },
        ["numpy Keras Adadelta"] = Adadelta.Like(Dialect.Keras),
        ["numpy Keras AdamW"] = AdamW.Like(Dialect.Keras),
        ["numpy EMA nesterov"] = new Sgd(0.1) { Momentum = 0.8, Form = MomentumForm.Average, Nesterov = true },
        ["numpy clip by global norm"] = new Sgd(0.1).ClipByGlobalNorm(0.3),
        ["numpy SGD decoupled decay"] = new Sgd(0.1).DecayWeights(0.2),
        ["torch accumulation"] = (Adam.Like(Dialect.PyTorch) with { LearningRate = 0.1 }).Accumulate(3),
    };

    /// <summary>The steps that the references print, counted from 0.</summary>
    private static readonly int[] Printed = [0, 1, 2, 11];

    public static TheoryData<string> Names => [.. Table.Keys];

    private static Sgd Torch => Sgd.Like(Dialect.PyTorch) with { LearningRate = 0.1, Momentum = 0.9 };

    [Theory]
    [MemberData(nameof(Names))]
    public void Twelve_updates_are_those_of_another_implementation(string name) =>
        OptimizerReferences.AssertClose(OptimizerReferences.Of(name), Picked(Table[name]), 1e-12);

    [Fact]
    public void The_moving_average_is_that_of_PyTorchs_parameters()
    {
        var optimizer = new Adam(0.1) { Epsilon = 1e-8 }.AverageWeights(0.9);
        var (parameters, moments) =
            (Descending.Vector(OptimizerReferences.Start), optimizer.InitialMoments(Descending.Vector(OptimizerReferences.Start)));
        var averages = new List<double[]>();
        for (var t = 0; t < 12; t++)
        {
            (parameters, moments) = optimizer.Next(t, Descending.Vector(OptimizerReferences.Gradient(t)), parameters, moments);
            averages.Add(moments.Vectors[0].Values.ToArray());
        }

        OptimizerReferences.AssertClose(OptimizerReferences.Of("torch average"), Printed.SelectMany(step => averages[step]), 1e-12);
    }

    [Fact]
    public void Slots_with_settings_of_their_own_are_PyTorchs_parameter_groups()
    {
        // The reference has two groups of the same five parameters; here each slot of one vector has its group.
        var adam = new Adam(0.1) { Epsilon = 1e-8 };
        var grouped = Picked(adam.For("second", adam with { LearningRate = 0.01, Beta1 = 0.5, Beta2 = 0.9 }));
        var (first, second) = (OptimizerReferences.Of("torch parameter groups 1"), OptimizerReferences.Of("torch parameter groups 2"));
        OptimizerReferences.AssertClose([.. first.Select((number, i) => i % 5 < 3 ? number : second[i])], grouped, 1e-12);
    }

    [Theory]
    [InlineData("torch clip_grad_norm 10", 10)]
    [InlineData("torch clip_grad_norm 0.2", 0.2)]
    public void The_global_norm_is_clipped_as_in_PyTorch_but_for_its_1e_6(string name, double limit)
    {
        var clipped = new Sgd(1).ClipByGlobalNorm(limit)
            .Steps(Descending.Vector(new double[5]), (_, _) => Descending.Vector(OptimizerReferences.Gradient(0))).First();
        OptimizerReferences.AssertClose(OptimizerReferences.Of(name)[1..], clipped.Values.ToArray().Select(p => -p), 1e-6);
    }

    private static IEnumerable<double> Picked(Optimizer optimizer)
    {
        var steps =
            optimizer.Steps(Descending.Vector(OptimizerReferences.Start), (t, _) => Descending.Vector(OptimizerReferences.Gradient(t)))
                .Take(12).ToArray();
        return Printed.SelectMany(step => steps[step].Values.ToArray());
    }
}
