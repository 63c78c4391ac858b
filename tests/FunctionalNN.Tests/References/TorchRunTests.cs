namespace FunctionalNN.Tests;

/// <summary>
/// Three steps of a small network in PyTorch 1.13, float64, from the same numbers (references.py): losses, every parameter, the
/// running statistics and the prediction afterwards.
/// </summary>
public class TorchRunTests
{
    private const double Tolerance = 1e-9;

    private static readonly Matrix<double> Inputs = Matrix.Create<double>(15, 3,
    [
        -0.33, 0.84, -0.18, 0.57, -0.75, -1.71, -1.8, 0.38, 2.25, 0.27, -0.52, 1.91, 0.24, 0.1, 0.25, -0.13, -0.31, -1.43, 0.5, -0.09, 1.19,
        -0.37, -1.91,
        -0.1, 1.7, -0.38, -0.89, -1.19, -1.05, -0.3, -1.18, 1.5, -0.28, 0.11, 1.44, 1.5, -0.21, 0.33, 0.74, -0.19, -1.78, 0.65, 0.89, 0.42,
        -0.92,
    ]);

    private static readonly DataSet<double> Data = new(Inputs, new ClassLabels([1, 2, 0, 1, 1, 1, 2, 0, 0, 1, 0, 0, 1, 0, 1], 3));

    [Fact]
    public void Adam_with_batch_normalisation_agrees_with_PyTorch()
    {
        var start = Dense(new Network(3, [new Dense(4), new BatchNormalization(), new Relu(), new Dense(3), new Softmax()]))
            .With("batchNormalization1", "gamma", Matrix.Row(1.32, 0.5, 1.16, 0.38))
            .With("batchNormalization1", "beta", Matrix.Row(-0.2, -0.36, 0.44, 0.53));
        var (losses, state) = ThreeSteps(start.Train(new Adam(0.01) { Epsilon = 1e-8 }));
        ReferenceAssert.Near<double>([2.0874268307642176, 1.1603109551627362, 0.8007176628693203], losses, Tolerance);
        Slot(state, "dense1", "weights",
            1.713792386106378, -0.4600644823727786, 0.030785607830590492, 0.412638077222696, -0.8163849792042563, -0.005242991396081351,
            0.015881995674611838, -1.7728391202880012, 0.9952260360501034, 0.6105357773321236, -0.6315048521681895, -0.1538368189725433);
        Slot(state, "dense1", "bias", 0.5099999999814866, -0.26000000002337714, -0.24000000010045697, -1.450000000030556);
        Slot(state, "dense2", "weights",
            0.5324479268411121, 0.13107319329289713, 0.27156682692674916, -1.5142668364367995, 1.62741366904784, 0.14569109989997883,
            -0.3897290601282361, 2.0011064672253687, -0.028665969587320636, -1.4581693925967414, -0.4367298048952754, -2.268950513219974);
        Slot(state, "dense2", "bias", 1.036271568511524, -0.42438089516470223, -0.7139765570746491);
        Slot(state, "batchNormalization1", "gamma", 1.3053609138928353, 0.48892226282687007, 1.1315951021444755, 0.36038842086882816);
        Slot(state, "batchNormalization1", "beta", -0.20910233062327244, -0.36689539761078044, 0.4118354245144483, 0.5025738490579744);
        ReferenceAssert.Near<double>(
            [
                0.1752032313317437, -0.03239465943390593, -0.09538140698882683, -0.35918225585023855,
                1.653506151609661, 0.9735270705909459, 0.8858726432683508, 1.6258111840446583,
            ],
            state.Model.Statistics.Values,
            Tolerance);
        ReferenceAssert.Near(
            [0.5640912886122406, 0.323559342042471, 0.11234936934528833, 0.0494095015871818, 0.9422060885392765, 0.008384409873541727],
            state.Model.Predict(Data.InputsOf(0, 1)),
            Tolerance);
    }

    [Fact]
    public void Momentum_with_weight_decay_agrees_with_PyTorch()
    {
        var half = Penalty.L2(0.01);
        var (wide, narrow) =
            (new Dense(4) { WeightPenalty = half, BiasPenalty = half }, new Dense(3) { WeightPenalty = half, BiasPenalty = half });
        var start = Dense(new Network(3, [wide, new Relu(), narrow, new Softmax()]));
        var (losses, state) = ThreeSteps(start.Train(new Sgd(0.1) { Momentum = 0.9, Form = MomentumForm.Accumulated }));
        ReferenceAssert.Near<double>([2.5974864176884287, 1.163558387136844, 0.9755832007804495], losses, Tolerance);
        Slot(state, "dense1", "weights",
            1.6600510552147272, -0.22648238949271635, -0.011189861966601032, 0.36801007709796446, -0.7934965528759572, -0.16028012025983887,
            0.05749377202040013, -1.6132640437477344, 0.9704962751095177, 0.4082327810727286, -0.5933454688772716, -0.03513974818165045);
        Slot(state, "dense1", "bias", 0.47315168977724226, -0.21002414579029624, -0.23736588330130495, -1.5453290637222268);
        Slot(state, "dense2", "weights",
            0.3884813823583458, 0.21340791217207694, 0.32758194594957724, -1.4315841659785464, 1.5546779080974547, 0.14388203972109134,
            -0.40957360876650234, 1.9905059034431318, -0.008741579396629746, -1.3904576098307628, -0.46693143426619543, -2.246127602703042);
        Slot(state, "dense2", "bias", 0.9224889278379672, -0.34155441346846765, -0.6897024254894996);
        ReferenceAssert.Near(
            [0.6747822724820846, 0.19063235652943444, 0.13458537098848103, 0.35919557399922075, 0.5469479119789477, 0.09385651402183151],
            state.Model.Predict(Data.InputsOf(0, 1)),
            Tolerance);
    }

    private static Model<double> Dense(Network network) => network.Initialize<double>(0)
        .With("dense1", "weights", Matrix.Of(new[,] { { 1.69, -0.47, 0.03, 0.41 }, { -0.79, 0, 0, -1.75 }, { 1.02, 0.6, -0.63, -0.17 } }))
        .With("dense1", "bias", Matrix.Row(0.51, -0.26, -0.24, -1.45))
        .With("dense2", "weights",
            Matrix.Of(new[,] { { 0.55, 0.12, 0.27 }, { -1.53, 1.65, 0.15 }, { -0.39, 2.03, -0.05 }, { -1.45, -0.41, -2.29 } }))
        .With("dense2", "bias", Matrix.Row(1.05, -0.42, -0.74));

    private static (double[] Losses, TrainingState<double> State) ThreeSteps(TrainingState<double> state)
    {
        var losses = new List<double>();
        foreach (var batch in Data.InOrder(5).Epoch(default, 0))
        {
            state = (state with { Training = default }).Step(batch, new CategoricalCrossEntropy());
            losses.Add(state.Training.DataLoss);
        }

        return ([.. losses], state);
    }

    private static void Slot(TrainingState<double> state, string layer, string slot, params double[] expected) =>
        ReferenceAssert.Near(expected, state.Model.Parameters[layer, slot], Tolerance);
}
