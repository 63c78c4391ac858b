// Write an activation with a mistake in its derivative, and let the gradient check find it.
//   dotnet run -c Release --project examples/repl -- examples/repl/broken-gradient.csx
#load "library.csx"

using System;
using FunctionalNN;

// y = x·σ(x). Its derivative is σ(x) + y·(1 − σ(x)): the product rule has two terms.
record Swish(bool ForgetsATerm) : Activation
{
    protected override void Apply<T>(ReadOnlySpan<T> x, Span<T> y)
    {
        for (var i = 0; i < x.Length; i++)
        {
            y[i] = x[i] / (T.One + T.Exp(-x[i]));
        }
    }

    protected override void Differentiate<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> y, ReadOnlySpan<T> dy, Span<T> dx)
    {
        for (var i = 0; i < x.Length; i++)
        {
            var s = T.One / (T.One + T.Exp(-x[i]));
            dx[i] = dy[i] * (ForgetsATerm ? s : s + (y[i] * (T.One - s)));
        }
    }
}

var data = Generate.Spiral<double>(samples: 5, classes: 3, seed: 0);

foreach (var forgets in new[] { true, false })
{
    var network = new Network(inputs: 2, [new Dense(4), new Swish(forgets), new Dense(3), new Softmax()]);
    Console.WriteLine(forgets ? "## With a term of the derivative forgotten" : "## With both terms");
    Console.WriteLine();
    Console.WriteLine("```");
    Console.WriteLine(GradientCheck.Of(network, new CategoricalCrossEntropy(), data));
    Console.WriteLine("```");
    Console.WriteLine();
}

Console.WriteLine(
    "What stands above the mistake (dense2) is right, what stands below it (dense1 and the inputs) is wrong: that is where to look.");
