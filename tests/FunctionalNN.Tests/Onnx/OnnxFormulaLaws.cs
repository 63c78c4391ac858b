using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace FunctionalNN.Tests;

/// <summary>The nodes of every activation give its numbers in ONNX Runtime, and are read again.</summary>
public class OnnxFormulaLaws
{
    private const int Count = 400;

    [Fact]
    public void ONNX_Runtime_computes_every_activation_to_1e_5()
    {
        var key = new Key(6);
        var x = new float[Count];
        for (var i = 0; i < Count; i++)
        {
            x[i] = i < 20 ? i - 10 : (float)(key.Normal(i) * Math.Pow(10, key.Fold(1).Below(5, i) - 2));
        }

        foreach (var activation in ReadingLaws.Activations)
        {
            var model = new Network(1, [activation]).Initialize(1);
            var bytes = model.ToOnnx().Good();
            var found = Run(bytes, x);
            var again = OnnxFile.Read<float>(bytes).Good();
            var rows = Matrix.Create(Count, 1, (row, _) => x[row]);
            var (expected, read) = (model.Predict(rows), again.Predict(rows));
            for (var i = 0; i < Count; i++)
            {
                Near($"{activation} in ONNX Runtime", x[i], expected[i, 0], found[i]);
                Near($"{activation}, read again", x[i], expected[i, 0], read[i, 0]);
            }

            Assert.True(again.Network.Layers.Length == 1, $"{activation} was read as {again.Network}");
        }
    }

    /// <summary>Such as runtimes have for GELU in one operator: from Div to the last Mul, over the input itself.</summary>
    [Fact]
    public void GELU_is_written_as_runtimes_know_it() => Assert.Equal(
        ["Div", "Erf", "Add", "Mul", "Mul"], Operators(new Gelu()));

    [Fact]
    public void A_formula_of_ones_own_is_written_node_by_node() => Assert.Equal(["Abs", "Add", "Div"], Operators(new Softsign()));

    [Fact]
    public void What_takes_numbers_apart_has_no_form() => Assert.Contains(
        "layer \"taking1\" (Taking) its formula takes numbers apart with Exponent, for which ONNX has no operator: give "
            + "OnnxOptions.Rules a rule that adds its nodes",
        new Network(1, [new Taking()]).Initialize(1).ToOnnx().Fault(), StringComparison.Ordinal);

    private static string[] Operators(Layer layer) =>
        [.. OnnxImport.Parse(new Network(1, [layer]).Initialize(1).ToOnnx().Good()).Graph!.Nodes.Select(node => node.Operator)];

    private static float[] Run(byte[] model, float[] x)
    {
        using var session = new InferenceSession(model);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor("input", new DenseTensor<float>(x, [x.Length, 1]))]);
        return [.. results[0].AsEnumerable<float>()];
    }

    private static void Near(string what, float x, float expected, float found) =>
        Assert.True(Math.Abs(expected - found) <= 1e-5 * Math.Max(1, Math.Abs(expected)) || (float.IsNaN(expected) && float.IsNaN(found)),
            $"{what}: {found:R} at {x:R}, expected {expected:R}");

    private sealed record Taking : Activation<Taking.Rule>
    {
        public readonly struct Rule : IFormula
        {
            public S Of<S>(S x)
                where S : struct, IReal<S> => S.Exponent(x);
        }
    }
}
