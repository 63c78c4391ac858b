namespace FunctionalNN.Tests;

/// <summary>No class and no value is given out for a row whose outputs are not finite.</summary>
public class NonFiniteAnswerTests
{
    private static readonly DataSet<float> Moons = Generate.Moons(samples: 30, noise: 0.2, seed: 1);
    private static readonly Model<float> Two = new Network(2, [new Dense(4), new Relu(), new Dense(2), new Softmax()]).Initialize(7);
    private static readonly Model<float> One = new Network(2, [new Dense(4), new Relu(), new Dense(1), new Sigmoid()]).Initialize(7);
    private static readonly FittedMlpClassifier<float> Classifier = new MlpClassifier { MaxIter = 3 }.Fit(Moons);
    private static readonly FittedMlpRegressor<float> Regressor =
        new MlpRegressor
        {
            MaxIter =
            3
        }.Fit(new DataSet<float>(Moons.Inputs, new RealTargets<float>(Moons.InputsOf([.. Enumerable.Range(0, Moons.Count)]))));

    public static TheoryData<string> Calls => [.. Answers.Keys];

    private static Dictionary<string, Action<Matrix<float>>> Answers { get; } = new()
    {
        ["PredictClasses"] = rows => Two.PredictClasses(rows),
        ["PredictClasses of one output"] = rows => One.PredictClasses(rows),
        ["Ensemble.PredictClasses"] = rows => new Ensemble<float>([Two, Two]).PredictClasses(rows),
        ["Ensemble by votes"] = rows => new Ensemble<float>([Two, Two], Vote.Majority).Predict(rows),
        ["MlpClassifier.Predict"] = rows => Classifier.Predict(rows),
        ["MlpClassifier.Predict of data"] = rows => Classifier.Predict(Data(rows)),
        ["MlpClassifier.PredictProbabilities"] = rows => Classifier.PredictProbabilities(rows),
        ["MlpRegressor.Predict"] = rows => Regressor.Predict(rows),
        ["MlpRegressor.Predict of data"] = rows => Regressor.Predict(Data(rows)),
        ["Report"] = rows => Two.Report(Data(rows)),
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_row_that_is_not_finite_is_named(string call)
    {
        foreach (var bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity })
        {
            var fault =
                Assert.Throws<ArgumentException>(() =>
                    Answers[call](Matrix.Of(new[,] { { 0.5f, 1 }, { bad, bad == 0 ? 0 : -bad } }))).Message;
            Assert.Matches("the model's output [0-9] for row 1 is (NaN|-?Infinity): look for such a number in the row's inputs", fault);
        }

        Answers[call](Matrix.Of(new[,] { { 0.5f, 1 }, { 1, 0 } }));
    }

    [Fact]
    public void A_category_is_not_read_from_NaN()
    {
        var codec = OneHotCodec.Fit(["a", "b"]);
        Assert.Equal<string>(["a"], codec.Decode(Matrix.Row(0.7f, 0.3f)));
        Assert.StartsWith("row 0 holds NaN", Assert.Throws<ArgumentException>(() => codec.Decode(Matrix.Row(float.NaN, 0.3f))).Message,
            StringComparison.Ordinal);
    }

    private static DataSet<float> Data(Matrix<float> rows) => new(rows, new ClassLabels([0, 1], 2));
}
