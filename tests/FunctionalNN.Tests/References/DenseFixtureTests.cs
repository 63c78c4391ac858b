namespace FunctionalNN.Tests;

/// <summary>Y = X·W + b, dW = Xᵀ·dY, db = Σ dY, dX = dY·Wᵀ: by hand, and as seeds 002 and 004 write them.</summary>
public class DenseFixtureTests
{
    [Fact]
    public void Forward_and_backward_are_those_by_hand()
    {
        var model = new Network(2, [new Dense(3)]).Initialize<double>(0)
            .With("dense1", "weights", Matrix.Of(new[,] { { 1.0, 2, 3 }, { 4, 5, 6 } }))
            .With("dense1", "bias", Matrix.Row(0.5, -0.5, 1));
        var answer = LayerCall.Train(model, Matrix.Of(new[,] { { 1.0, -1 }, { 2, 3 } }), Matrix.Of(new[,] { { 1.0, 0, -1 }, { 2, 1, 0 } }));
        Assert.Equal(Matrix.Of(new[,] { { -2.5, -3.5, -2 }, { 14.5, 18.5, 25 } }), answer.Output);
        Assert.Equal(Matrix.Of(new[,] { { 5.0, 2, -1 }, { 5, 3, 1 } }), answer.Gradient["dense1", "weights"]);
        Assert.Equal(Matrix.Row(3.0, 1, -1), answer.Gradient["dense1", "bias"]);
        Assert.Equal(Matrix.Of(new[,] { { -2.0, -2 }, { 4, 13 } }), answer.InputGradient);
    }

    /// <summary>
    /// Seed 004 keeps a column an example: Z1 = W1·X + b1, A1 = max(Z1, 0), Z2 = W2·A1 + b2, A2 = softmax(Z2), dZ2 = A2 − Y,
    /// dW2 = dZ2·A1ᵀ/n, db2 = Σ dZ2/n, dZ1 = W2ᵀ·dZ2 ∘ (Z1 > 0), dW1 = dZ1·Xᵀ/n, db1 = Σ dZ1/n. Its matrices are ours transposed.
    /// </summary>
    [Fact]
    public void Gradients_are_seed_004s_with_rows_and_columns_exchanged()
    {
        const int Features = 6, Hidden = 5, Classes = 4, Examples = 7;
        var inputs = Matrix.Create(Examples, Features, (row, column) => new Key(1).Normal((row * Features) + column));
        int[] labels = [0, 3, 2, 1, 1, 0, 3];
        var model = new Network(Features, [new Dense(Hidden), new Relu(), new Dense(Classes), new Softmax()]).Initialize<double>(4);
        var (_, gradient) = LayerCall.Differentiate(model, new CategoricalCrossEntropy(), inputs, new ClassLabels(labels, Classes));

        var x = inputs.Transpose();
        var w1 = model.Parameters["dense1", "weights"].Transpose();
        var w2 = model.Parameters["dense2", "weights"].Transpose();
        var z1 = w1.Multiply(x);
        var a1 = z1.Map(z => Math.Max(z, 0));
        var z2 = w2.Multiply(a1);
        var sums = Enumerable.Range(0, Examples).Select(j => Enumerable.Range(0, Classes).Sum(i => Math.Exp(z2[i, j]))).ToArray();
        var dz2 = Matrix.Create(Classes, Examples, (i, j) => (Math.Exp(z2[i, j]) / sums[j]) - (labels[j] == i ? 1 : 0));
        var back = w2.Transpose().Multiply(dz2);
        var dz1 = Matrix.Create(Hidden, Examples, (i, j) => z1[i, j] > 0 ? back[i, j] : 0);

        Near(dz2.Multiply(a1.Transpose()), gradient["dense2", "weights"].Transpose());
        Near(dz1.Multiply(x.Transpose()), gradient["dense1", "weights"].Transpose());
        Near(RowSums(dz2), gradient["dense2", "bias"].Transpose());
        Near(RowSums(dz1), gradient["dense1", "bias"].Transpose());

        static void Near(Matrix<double> seed, Matrix<double> ours)
        {
            Assert.Equal((seed.Rows, seed.Columns), (ours.Rows, ours.Columns));
            ReferenceAssert.Near<double>(seed.Map(value => value / Examples).Values, ours, 1e-14);
        }

        static Matrix<double> RowSums(Matrix<double> m) => m.Multiply(Matrix.Create(m.Columns, 1, (_, _) => 1.0));
    }

    /// <summary>Seed 002: 3072 pixels, 15 hidden units, one sigmoid; dZ2 = ŷ − y, all over the batch's n.</summary>
    [Fact]
    public void Gradients_have_the_shapes_of_seed_002()
    {
        const int Examples = 3;
        var inputs = Matrix.Create(Examples, 3072, (row, column) => new Key(2).Uniform((row * 3072) + column));
        int[] labels = [1, 0, 1];
        var model = new Network(3072, [new Dense(15), new Relu(), new Dense(1), new Sigmoid()]).Initialize<double>(2);
        var (_, gradient) = LayerCall.Differentiate(model, new BinaryCrossEntropy(), inputs, new ClassLabels(labels, 2));
        Assert.Equal(
            [("dense1", "weights", 3072, 15), ("dense1", "bias", 1, 15), ("dense2", "weights", 15, 1), ("dense2", "bias", 1, 1)],
            gradient.Layout.Placements.Select(p => (p.Layer, p.Slot.Name, p.Slot.Rows, p.Slot.Columns)));

        var hidden = inputs.Multiply(model.Parameters["dense1", "weights"]).Map(z => Math.Max(z, 0));
        var prediction = model.Predict(inputs);
        var dz2 = Matrix.Create(Examples, 1, (row, _) => (prediction[row, 0] - labels[row]) / Examples);
        ReferenceAssert.Near<double>(hidden.Transpose().Multiply(dz2).Values, gradient["dense2", "weights"], 1e-13);
        Assert.Equal(dz2.Values.ToArray().Sum(), gradient["dense2", "bias"][0, 0], 1e-15);
        var dz1 =
            Matrix.Create(Examples, 15,
                (row, unit) => hidden[row, unit] > 0 ? dz2[row, 0] * model.Parameters["dense2", "weights"][unit, 0] : 0);
        ReferenceAssert.Near<double>(inputs.Transpose().Multiply(dz1).Values, gradient["dense1", "weights"], 1e-14);
    }
}
