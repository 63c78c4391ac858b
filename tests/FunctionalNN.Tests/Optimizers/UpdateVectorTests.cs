namespace FunctionalNN.Tests;

/// <summary>One parameter, p = 1, and the gradients ½, −¼, 1: three updates of every rule, worked out once in double.</summary>
public class UpdateVectorTests
{
    private static readonly double[] Gradients = [0.5, -0.25, 1];

    public static TheoryData<string, double, double, double> Vectors => new()
    {
        { "velocity", 0.95, 0.93, 0.812 },
        { "accumulated", 0.95, 0.93, 0.812 },
        { "average", 0.999, 0.9987, 0.99646 },
        { "seed 002", 0.9989998, 0.9986994402, 0.9964589526 },
        { "dampening", 0.995, 0.9915, 0.9867 },
        { "Nesterov", 0.905, 0.912, 0.7058 },
        { "decay", 0.5, 0.727272727, -0.106060606 },
        { "Adagrad, Book", 2.0e-7, 0.4472137155, -0.4256577693 },
        { "Adagrad, Keras", 0.9991548459, 0.9995440953, 0.9987026890 },
        { "Adagrad, PyTorch", 0.9900000000, 0.9944721360, 0.9857434203 },
        { "RMSprop, Book", 0.9968377243, 0.9983121430, 0.9954935645 },
        { "RMSprop, Keras", 0.9968377287, 0.9983121457, 0.9954935675 },
        { "RMSprop, PyTorch", 0.9000000200, 0.9449013374, 0.8574273784 },
        { "Adam, Book", 0.9990000002, 0.9987336632, 0.9980755517 },
        { "Adam, PyTorch", 0.9990000000, 0.9987336630, 0.9980755514 },
        { "Adam, Keras", 0.9990000063, 0.9987336708, 0.9980755610 },
        { "Adam, scikit-learn", 0.9990000006, 0.9987336637, 0.9980755523 },
    };

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Three_updates_give_the_published_numbers(string rule, double first, double second, double third) =>
        OptimizerReferences.AssertClose([first, second, third], Rule(rule).Line(Gradients), 1e-9);

    [Theory]
    [InlineData(Dialect.Book, 9.0909e-4)]
    [InlineData(Dialect.PyTorch, 9.9010e-4)]
    [InlineData(Dialect.Keras, 2.4025e-4)]
    [InlineData(Dialect.ScikitLearn, 7.5975e-4)]
    public void Four_Adams_part_at_a_tiny_gradient(Dialect dialect, double step) =>
        Assert.Equal(step, 1 - Adam.Like(dialect).Line(1e-6)[0], 5e-9);

    [Fact]
    public void Accumulated_momentum_parts_from_velocity_once_the_rate_changes()
    {
        var falling = new InverseTime(0.1, 1);
        var velocity = new Sgd(falling) { Momentum = 0.9 };
        Assert.NotEqual(velocity.Line(Gradients)[1], (velocity with { Form = MomentumForm.Accumulated }).Line(Gradients)[1], 1e-3);
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Float_follows_double(string rule, double first, double second, double third)
    {
        var found = Rule(rule).Steps(Descending.Vector(1f), (step, _) => Descending.Vector((float)Gradients[step])).Take(3);
        OptimizerReferences.AssertClose([first, second, third], found.Select(p => (double)p.Values[0]), 1e-6);
    }

    private static Optimizer Rule(string name) => name switch
    {
        "velocity" => new Sgd(0.1) { Momentum = 0.9 },
        "accumulated" => Sgd.Like(Dialect.PyTorch) with { LearningRate = 0.1, Momentum = 0.9 },
        "average" => new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average },
        "seed 002" => new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Average }.DecayGradient(1e-4),
        "dampening" => new Sgd(0.01) { Momentum = 0.8, Form = MomentumForm.Accumulated, Dampening = 0.8 },
        "Nesterov" => Sgd.Like(Dialect.ScikitLearn) with { LearningRate = 0.1 },
        "decay" => Sgd.Like(Dialect.Book) with { Decay = 0.1 },
        "Adagrad, Book" => Adagrad.Like(Dialect.Book),
        "Adagrad, Keras" => Adagrad.Like(Dialect.Keras),
        "Adagrad, PyTorch" => Adagrad.Like(Dialect.PyTorch),
        "RMSprop, Book" => RmsProp.Like(Dialect.Book),
        "RMSprop, Keras" => RmsProp.Like(Dialect.Keras),
        "RMSprop, PyTorch" => RmsProp.Like(Dialect.PyTorch),
        "Adam, Book" => Adam.Like(Dialect.Book),
        "Adam, PyTorch" => Adam.Like(Dialect.PyTorch),
        "Adam, Keras" => Adam.Like(Dialect.Keras),
        "Adam, scikit-learn" => Adam.Like(Dialect.ScikitLearn),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name),
    };
}
