using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>What the REPL shows, to the letter.</summary>
public class PrintTests
{
    [Fact]
    public void A_small_matrix_prints_whole() => AssertPrints(
        """
        2 × 2
                   1       -2.5
                 NaN  1.235E+04
        """,
        Matrix.Of(new[,] { { 1f, -2.5f }, { float.NaN, 12345.678f } }));

    [Fact]
    public void A_large_matrix_prints_its_corners() => AssertPrints(
        """
        8 × 9
                   0     0.3333     0.6667  …          2      2.333      2.667
                  10      10.33      10.67  …         12      12.33      12.67
                  20      20.33      20.67  …         22      22.33      22.67
          …
                  50      50.33      50.67  …         52      52.33      52.67
                  60      60.33      60.67  …         62      62.33      62.67
                  70      70.33      70.67  …         72      72.33      72.67
        """,
        Matrix.Create(8, 9, (row, column) => (row * 10.0) + (column / 3.0)));

    [Fact]
    public void A_network_prints_as_a_table() => AssertPrints(
        """
        layer                settings                 output  parameters
        ────────────────────────────────────────────────────────────────
        input                                        n × 784
        dense1               He, weights L2(0.0005)  n × 128     100,480
        batchNormalization1  ε 1E-05, momentum 0.9   n × 128         256
        relu1                                        n × 128
        dropout1             0.1                     n × 128
        logits               Glorot                   n × 10       1,290
        softmax1                                      n × 10
        ────────────────────────────────────────────────────────────────
        total                                                    102,026
        """,
        new Network(784,
        [
            new Dense(128) { WeightPenalty = Penalty.L2(5e-4) }, new BatchNormalization(), new Relu(), new Dropout(0.1),
            new Dense(10) { Name = "logits", WeightInitializer = Initializer.Glorot }, new Softmax(),
        ]));

    [Fact]
    public void A_vector_prints_a_line_a_slot() => AssertPrints(
        """
        slot                       shape  count  mean    std  min  max
        ──────────────────────────────────────────────────────────────
        dense1.weights             2 × 2      4   2.5  1.118    1    4
        dense1.bias                1 × 2      2     0      0    0    0
        batchNormalization1.gamma  1 × 2      2     1      0    1    1
        batchNormalization1.beta   1 × 2      2     0      0    0    0
        ──────────────────────────────────────────────────────────────
        total                                10
        """,
        Small.Parameters);

    [Fact]
    public void A_layout_prints_a_line_a_slot() => AssertPrints(
        """
        dense1.weights 2 × 2 at 0
        dense1.bias 1 × 2 at 4
        batchNormalization1.gamma 1 × 2 at 6
        batchNormalization1.beta 1 × 2 at 8
        """,
        Small.Parameters.Layout);

    [Fact]
    public void Metrics_print_in_one_line()
    {
        AssertPrints("loss 0.5000, accuracy 0.7500", new Metrics(4, 2, 0, 3, 4));
        AssertPrints("loss 0.7500 (data 0.5000 + penalty 0.2500), accuracy 0.7500", new Metrics(4, 2, 1, 3, 4));
        AssertPrints("nothing measured", default(Metrics));
    }

    [Fact]
    public void A_state_prints_in_one_line()
    {
        var start = Small.Train(new Adam(0.01) { Decay = 1e-3 });
        AssertPrints("epoch 0, step 0, rate 0.01: nothing measured", start);
        var later = start with { Epoch = 3, Step = 12, Training = new Metrics(4, 2, 1, 3, 4) };
        AssertPrints(
            "epoch 3, step 12, rate 0.00988142: loss 0.7500 (data 0.5000 + penalty 0.2500), accuracy 0.7500; validation loss 0.4000, "
                + "accuracy 0.9000; best state, epoch 3: no improvement in 2 epochs",
            later with { Validation = new Metrics(10, 4, 0, 9, 10), Stopped = "best state, epoch 3: no improvement in 2 epochs" });
        AssertPrints(
            "epoch 3, step 12, rate 0.00988142: loss 0.7500 (data 0.5000 + penalty 0.2500), accuracy 0.7500; diverged at step 12: dense1 "
                + "output is Infinity at position 7; this is the last good state: try a smaller learning rate, or look for extreme "
                + "values in the data",
            later with { Divergence = new Divergence(12, "dense1", "output", 7, double.PositiveInfinity) });
    }

    [Fact]
    public void A_gradient_report_names_the_worst_place() => AssertPrints(
        """
        WRONG: 3 gradients checked, 1 on kinks
        worst: dense1.weights[3, 0]: back-propagation 0.5, differences -0.5, error 2.0E+000
        slot            checked  kinks  worst error
        ───────────────────────────────────────────
        dense1.weights        2      0     2.0E+000
        inputs.value          1      1     0.0E+000
        """,
        new GradientReport(
        [
            new(new("dense1", "weights", 3, 0), 0.5, -0.5, IsKink: false), new(new("dense1", "weights", 0, 0), 0.25, 0.25, IsKink: false),
            new(new("inputs", "value", 1, 0), 0, 1, IsKink: true),
        ]));

    [Fact]
    public void Small_values_print_briefly()
    {
        AssertPrints("2 moments of Adam", Small.Train(new Adam()).Moments);
        AssertPrints("none", Penalty.None);
        AssertPrints("L1(0.1) + L2(0.2)", Penalty.ElasticNet(0.1, 0.2));
        AssertPrints("Normal(0.01)", Initializer.Normal(0.01));
        AssertPrints("0.01 / (1 + 0.001·step)", new InverseTime(0.01, 0.001));
        AssertPrints("batches of 4, shuffled, of 10 rows of 2 inputs, 10 labels of 2 classes", Generate.Spiral(5, 2, seed: 0).Shuffled(4));
    }

    /// <summary>A reader whose decimals have commas sees the same texts.</summary>
    [Fact]
    public void Prints_do_not_depend_on_the_culture()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = Commas();
            A_network_prints_as_a_table();
            A_vector_prints_a_line_a_slot();
            A_state_prints_in_one_line();
            Small_values_print_briefly();
            AssertPrints(
                "step 1: loss value is 1.5 at position 0; this is the last good state: try a smaller learning rate, or look for extreme "
                    + "values in the data", new Divergence(1, "loss", "value", 0, 1.5));
            Assert.Contains("the rate is 1.5", Assert.Throws<ArgumentException>(() => new Network(1, [new Dropout(1.5)])).Message);
            Assert.Contains("the momentum is 1.5",
                Assert.Throws<ArgumentException>(() => Small.Train(new Sgd(0.1) { Momentum = 1.5 })).Message);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Model<double> Small { get; } =
        new Network(2, [new Dense(2), new BatchNormalization(), new Linear()]).Initialize<double>(0)
            .With("dense1", "weights", Matrix.Of(new[,] { { 1.0, 2 }, { 3, 4 } }));

    private static CultureInfo Commas()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (culture.NumberFormat.NumberDecimalSeparator, culture.NumberFormat.NumberGroupSeparator) = (",", ".");
        return culture;
    }

    private static void AssertPrints(string expected, object value) =>
        Assert.Equal(expected.ReplaceLineEndings(), value.ToString()!.ReplaceLineEndings());
}
