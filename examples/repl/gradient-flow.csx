// Watch a gradient flow through a tiny network: every number of one step, by hand, beside what the library computes. Prints Markdown.
//   dotnet run -c Release --project examples/repl -- examples/repl/gradient-flow.csx
#load "library.csx"

using System;
using System.Linq;
using FunctionalNN;

const double Rate = 0.5;

var network = new Network(inputs: 2, [new Dense(2), new Sigmoid(), new Dense(1)]);
var model = network.Initialize<double>(seed: 0)
    .With("dense1", "weights", Matrix.Of(new[,] { { 0.1, 0.8 }, { 0.4, 0.6 } }))
    .With("dense2", "weights", Matrix.Column(0.3, 0.9));
var (x, target) = (Matrix.Row(0.35, 0.9), Matrix.Row(0.5));
var (w1, b1) = (model.Parameters["dense1", "weights"], model.Parameters["dense1", "bias"]);
var (w2, b2) = (model.Parameters["dense2", "weights"], model.Parameters["dense2", "bias"]);

Console.WriteLine("# A gradient on its way through a network");
Console.WriteLine();
Console.WriteLine("## Forward");
Console.WriteLine();
var z = Plus(x.Multiply(w1), b1);
var a = z.Map(value => 1 / (1 + Math.Exp(-value)));
var y = Plus(a.Multiply(w2), b2);
Table("what", "formula", "numbers");
Row("input", "x", Show(x));
Row("first layer", "z = x·W₁ + b₁", Show(z));
Row("after the sigmoid", "a = 1 / (1 + e⁻ᶻ)", Show(a));
Row("output", "y = a·W₂ + b₂", Show(y));

Console.WriteLine();
Console.WriteLine("## Loss");
Console.WriteLine();
var error = y[0, 0] - target[0, 0];
Table("what", "formula", "numbers");
Row("target", "t", Show(target));
Row("squared error", "L = (y − t)²", $"{error * error:F6}");

Console.WriteLine();
Console.WriteLine("## Chain rule, from the loss back to the weights");
Console.WriteLine();
var dy = Matrix.Row(2 * error);
var dw2 = a.Transpose().Multiply(dy);
var da = dy.Multiply(w2.Transpose());
var dz = Matrix.Create(1, 2, (_, i) => da[0, i] * a[0, i] * (1 - a[0, i]));
var dw1 = x.Transpose().Multiply(dz);
Table("gradient of", "formula", "numbers");
Row("output", "∂L/∂y = 2(y − t)", Show(dy));
Row("W₂", "aᵀ·∂L/∂y", Show(dw2));
Row("b₂", "∂L/∂y", Show(dy));
Row("a", "∂L/∂y·W₂ᵀ", Show(da));
Row("z", "∂L/∂a · a(1 − a)", Show(dz));
Row("W₁", "xᵀ·∂L/∂z", Show(dw1));
Row("b₁", "∂L/∂z", Show(dz));

Console.WriteLine();
Console.WriteLine($"## Update: p − {Rate}·∂L/∂p");
Console.WriteLine();
var loss = new MeanSquaredError();
var batch = new Batch<double>(x, new RealTargets<double>(target));
var next = model.Train(new Sgd(Rate)).Step(batch, loss).Model;
Table("slot", "before", "by hand", "by the library");
foreach (var (layer, slot, before, gradient) in new[] { ("dense1", "weights", w1, dw1), ("dense1", "bias", b1, dz),
    ("dense2", "weights", w2, dw2), ("dense2", "bias", b2, dy) })
{
    var byHand = Matrix.Create(before.Rows, before.Columns, (row, column) => before[row, column] - (Rate * gradient[row, column]));
    Row($"{layer}.{slot}", Show(before), Show(byHand), Show(next.Parameters[layer, slot]));
}

var data = new DataSet<double>(x.ToRowSource(), new RealTargets<double>(target));
Console.WriteLine();
Console.WriteLine(
    $"The loss was {model.Evaluate(data, loss).Loss:F6} and is {next.Evaluate(data, loss).Loss:F6}. The same gradients by differences:");
Console.WriteLine();
Console.WriteLine("```");
Console.WriteLine(GradientCheck.Of(model, loss, data));
Console.WriteLine("```");

static Matrix<double> Plus(Matrix<double> matrix, Matrix<double> row) =>
    Matrix.Create(matrix.Rows, matrix.Columns, (i, j) => matrix[i, j] + row[0, j]);

static string Show(Matrix<double> matrix) =>
    string.Join("; ",
        Enumerable.Range(0, matrix.Rows)
            .Select(row => string.Join(", ", Enumerable.Range(0, matrix.Columns).Select(column => $"{matrix[row, column]:F6}"))));

static void Row(params string[] cells) => Console.WriteLine($"| {string.Join(" | ", cells)} |");

static void Table(params string[] header)
{
    Row(header);
    Row(header.Select(_ => "---").ToArray());
}
