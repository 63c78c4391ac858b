namespace FunctionalNN.Tests;

/// <summary>The networks of fixtures/interchange.py and what their originals predict.</summary>
internal static class OtherSystems
{
    public static Network Torch => new(3,
    [
        new Dense(5), BatchNormalization.Like(Dialect.PyTorch), new Relu(), new Dense(4), PRelu.Like(Dialect.PyTorch),
        LayerNormalization.Like(Dialect.PyTorch), new Dropout(0.5),
        new Dense(4), new PRelu(), new Gelu(), new Dense(4), new Softmax(),
    ]);

    public static Network Keras => new(3,
        [new Normalization(), new Dense(5), BatchNormalization.Like(Dialect.Keras), new Relu(), new Dense(4), PRelu.Like(Dialect.Keras),
            LayerNormalization.Like(Dialect.Keras),
            new Dense(3), new Softmax()]);

    public static NumPyArchive Archive(string name) => NumPyArchive.Read(Fixtures.Of(name)).Good();

    public static void AssertPredicts(string expected, Model<float> model, Func<Matrix<float>, Matrix<float>>? answer = null) =>
        AssertPredicts<float>(expected, model, answer);

    /// <summary>To 1e-5 of what the original predicts.</summary>
    public static void AssertPredicts<T>(string expected, Model<T> model, Func<Matrix<T>, Matrix<T>>? answer = null)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        var archive = Archive(expected);
        var predicted = model.Predict(archive["x"].ToMatrix<T>());
        AssertNear(archive["y"].ToMatrix<double>(), answer is null ? predicted : answer(predicted));
    }

    public static void AssertNear<T>(Matrix<double> expected, Matrix<T> found)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
    {
        Assert.Equal((expected.Rows, expected.Columns), (found.Rows, found.Columns));
        for (var i = 0; i < expected.Values.Length; i++)
        {
            Assert.Equal(expected.Values[i], double.CreateTruncating(found.Values[i]), 1e-5);
        }
    }
}
