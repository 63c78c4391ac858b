namespace FunctionalNN.Tests;

public sealed class PredictionTests
{
    private static readonly DataSet<float> Spiral = Generate.Spiral(20, 3, seed: 1);
    private static readonly Model<float> Model = new Network(2, [new Dense(4), new Relu(), new Dense(3), new Softmax()]).Initialize(1);

    [Fact]
    public void Classes_have_the_names_that_training_found_in_the_data()
    {
        var data = new DataSet<float>(Spiral.Inputs, new ClassLabels(((ClassLabels)Spiral.Targets).Values, 3, "ash", "birch", "cedar"));
        Assert.True(Model.PredictClasses(data).Names.IsEmpty);
        var trained = Model.Train(new Adam(0.05)).Epochs(data.Shuffled(10), new CategoricalCrossEntropy()).First().Model;
        var classes = trained.PredictClasses(data);
        Assert.Equal("ash birch cedar", string.Join(' ', classes.Names));
        Assert.Equal(data.Count, classes.Count);
        Assert.Equal(trained.Evaluate(data, new CategoricalCrossEntropy()).Correct,
            Enumerable.Range(0, data.Count).Count(row => classes[row] == ((ClassLabels)data.Targets)[row]));
        Assert.Equal("ash birch cedar", string.Join(' ', new Ensemble<float>([trained]).PredictClasses(data.InputsOf(0)).Names));
    }

    [Fact]
    public void One_output_has_two_classes()
    {
        var model = new Network(1, [new Dense(1), new Sigmoid()]).Initialize(0)
            .With("dense1", "weights", Matrix.Row(1f)) with
        { LabelNames = ["no", "yes"] };
        var classes = model.PredictClasses(Matrix.Of(new float[,] { { -1 }, { 0 }, { 1 } }));
        Assert.Equal([0, 0, 1], classes.Values.ToArray());
        Assert.Equal("no yes", string.Join(' ', classes.Names));
    }

    [Fact]
    public void What_does_not_fit_is_named()
    {
        Assert.Equal("there is no layer \"dense3\": there are dense1, relu1, dense2, softmax1",
            Assert.Throws<KeyNotFoundException>(() => Model.Outputs(Matrix.Zeros<float>(1, 2))["dense3"]).Message);
        Assert.Equal("the rows are 3 wide, the network takes 2 inputs",
            Assert.Throws<ArgumentException>(() => Model.Outputs(Matrix.Zeros<float>(1, 3))).Message);
        var wide = new Batch<float>(Matrix.Zeros<float>(1, 3), new ClassLabels([0], 3));
        Assert.StartsWith("the data has 3 columns, the network takes 2 inputs",
            Assert.Throws<ArgumentException>(() => Model.Gradient(wide, new CategoricalCrossEntropy())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_ensemble_is_not_measured_on_a_part_of_what_a_model_has_seen()
    {
        var (_, test) = Spiral.Split(0.3, seed: 1);
        var trained = Model.Train(new Adam(0.05)).Epochs(Spiral.Shuffled(10), new CategoricalCrossEntropy()).First().Model;
        Assert.StartsWith("the model has learned from all rows",
            Assert.Throws<ArgumentException>(() =>
                new Ensemble<float>([Model, trained]).Evaluate(test, new CategoricalCrossEntropy())).Message, StringComparison.Ordinal);
    }
}
