using System.Globalization;

namespace FunctionalNN.Tests;

/// <summary>Every number that docs/dialects.md prints is what this library computes: each row of its tables is made again here.</summary>
public class DialectPageTests
{
    private static readonly double[] Steps = [1, 1e-3, 1e-6, 1e-8];
    private static readonly double[] Gradients = [0.5, -0.25, 1];
    private static readonly double[] Strengths = [0.1, 0.01];
    private static readonly Dialect[] All = [Dialect.Book, Dialect.PyTorch, Dialect.Keras, Dialect.ScikitLearn];

    public static IEnumerable<string> Rows =>
    [
        .. All.Select(dialect => Row(Call("Adam", dialect), FirstSteps(Adam.Like(dialect)))),
        .. All.Select(dialect => Row(Call("Adam", dialect), After(Adam.Like(dialect)))),
        .. All[..3].Select(dialect => Row(Call("RmsProp", dialect), FirstSteps(RmsProp.Like(dialect)))),
        .. All[..3]
            .Select(dialect =>
                Row($"{Call("RmsProp", dialect)} with {{ LearningRate = 0.001, Rho = 0.9 }}",
                    FirstSteps(RmsProp.Like(dialect) with { LearningRate = 0.001, Rho = 0.9 }))),
        .. All[..3].Select(dialect => Row(Call("Adagrad", dialect), FirstSteps(Adagrad.Like(dialect)))),
        .. All[..3]
            .Select(dialect =>
                Row($"{Call("Adagrad", dialect)} with {{ LearningRate = 0.01 }}",
                    FirstSteps(Adagrad.Like(dialect) with { LearningRate = 0.01 }))),
        .. Enum.GetValues<MomentumForm>()
            .Select(form => Row($"MomentumForm.{form}", Falling(new Sgd(Rates) { Momentum = 0.9, Form = form }))),
        Row("MomentumForm.Velocity, Nesterov", Falling(new Sgd(Rates) { Momentum = 0.9, Nesterov = true })),
        Row("MomentumForm.Accumulated, Nesterov",
            Falling(new Sgd(Rates) { Momentum = 0.9, Nesterov = true, Form = MomentumForm.Accumulated })),
        .. All.Select(dialect =>
            Row($"Penalty.L2(0.1, Dialect.{dialect}{(dialect == Dialect.ScikitLearn ? ", batchSize: 50" : "")})", Penalized(dialect))),
        Row("new Adam(0.001).DecayGradient(0.1)", Decays(strength => new Adam(0.001).DecayGradient(strength))),
        Row("new Adam(0.001).DecayWeights(0.1)", Decays(strength => new Adam(0.001).DecayWeights(strength))),
        .. All[1..3].Select(dialect => Row(Call("BatchNormalization", dialect), Normalized(dialect))),
    ];

    private static LearningRateSchedule Rates => new PiecewiseConstant([2], [0.1, 0.01]);

    [Fact]
    public void Every_row_of_the_page_is_what_the_code_computes()
    {
        var page = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "dialects.md"));
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "dialects.rows.txt"), Rows);
        Assert.Equal(string.Join('\n', Rows), string.Join('\n', page.Where(line => line.StartsWith("| `", StringComparison.Ordinal))));
    }

    /// <summary>How far the first step goes, for each gradient.</summary>
    private static IEnumerable<string> FirstSteps(Optimizer optimizer) => Steps.Select(g =>
    {
        var moved = optimizer.Steps(Descending.Vector(0.0), (_, _) => Descending.Vector(g)).First().Values[0];
        return Scientific(-moved);
    });

    /// <summary>p after each of three gradients.</summary>
    private static IEnumerable<string> After(Optimizer optimizer) => optimizer.Line(Gradients).Select(p => Fixed(p, 10));

    /// <summary>p after each of four gradients of 1, while the rate falls to a tenth after two.</summary>
    private static IEnumerable<string> Falling(Optimizer optimizer) => optimizer.Line(1, 1, 1, 1).Select(p => Fixed(p, 6));

    /// <summary>What a weight of 2 adds to the loss, and to its gradient.</summary>
    private static IEnumerable<string> Penalized(Dialect dialect)
    {
        var gradient = new double[1];
        var loss = PenaltyTerms.Apply(Team.Single, Penalty.L2(0.1, dialect, batchSize: 50), [2.0], gradient);
        return [Number(loss), Number(gradient[0])];
    }

    /// <summary>By how much more than without decay a parameter of 1 shrinks in the first step: at no gradient and at a gradient of
    /// 1.</summary>
    private static IEnumerable<string> Decays(Func<double, Optimizer> make) =>
    [
        .. Strengths.Select(strength => Scientific(make(0).Line(0)[0] - make(strength).Line(0)[0])),
        .. Strengths.Select(strength => Scientific(make(0).Line(1)[0] - make(strength).Line(1)[0])),
    ];

    /// <summary>x = (1, 2, 4) normalised, and the running mean and variance after this batch.</summary>
    private static IEnumerable<string> Normalized(Dialect dialect)
    {
        var model = new Network(1, [BatchNormalization.Like(dialect)]).Initialize<double>(0);
        var answer = LayerCall.Train(model, Matrix.Column(1.0, 2, 4), Matrix.Column(1.0, 0, -1));
        return [string.Join(", ", answer.Output.Values.ToArray().Select(x => Fixed(x, 8))),
            .. answer.Statistics.Values.ToArray().Select(s => Fixed(s, 8))];
    }

    private static string Row(string what, IEnumerable<string> numbers) => $"| `{what}` | {string.Join(" | ", numbers)} |";

    private static string Call(string type, Dialect dialect) => $"{type}.Like(Dialect.{dialect})";

    private static string Scientific(double value) => value == 0 ? "0" : value.ToString("0.0000E+0", CultureInfo.InvariantCulture);

    private static string Fixed(double value, int digits) => value.ToString($"F{digits}", CultureInfo.InvariantCulture);

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
