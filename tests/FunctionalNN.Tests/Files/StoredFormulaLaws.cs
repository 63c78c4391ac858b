using System.Numerics;

namespace FunctionalNN.Tests;

/// <summary>A formula of one's own comes back from a file without its type, and computes the same bits; what is damaged is an
/// error.</summary>
public sealed class StoredFormulaLaws : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void An_activation_comes_back_with_the_same_bits_forward_and_backward()
    {
        foreach (var activation in OwnFormulas.Activations)
        {
            Check<float>(activation);
            Check<double>(activation);
        }

        void Check<T>(Activation activation)
            where T : unmanaged, IFloatingPointIeee754<T>
        {
            var model = new Network(3, [new Dense(4), activation with { Name = "own" }, new Dense(2)]).Initialize<T>(1);
            model.Save(folder["own"]).Good();
            var again = Model.Load<T>(folder["own"]).Good();
            var layer = Assert.IsType<GraphActivation>(again.Network.Layers[1]);
            Assert.Equal((activation.Kind, "own", activation.RangeFor(OutputRange.Any)),
                (layer.Kind, layer.Name, layer.RangeFor(OutputRange.Any)));
            var x = Matrix.Row((T[])[.. ReadingLaws.Wide<T>(), .. ReadingLaws.Numbers<T>(200, 3)]);
            var (expected, found) = (Probe.Layer(activation, x, x), Probe.Layer(layer, x, x));
            ReadingLaws.Same($"{activation}", x.Values.ToArray(), expected.Output.Values.ToArray(), found.Output.Values);
            ReadingLaws.Same($"{activation}, slope", x.Values.ToArray(), expected.InputGradient.Values.ToArray(),
                found.InputGradient.Values);

            // What was read is written the same again.
            again.Save(folder["again"]).Good();
            Assert.Equal(File.ReadAllBytes(folder["own"]), File.ReadAllBytes(folder["again"]));
        }
    }

    [Fact]
    public void Training_goes_on_from_a_state_whose_loss_is_not_known()
    {
        var data = Generate.Sine<double>(samples: 40);
        foreach (var loss in OwnFormulas.Losses)
        {
            var batches = data.Shuffled(10);
            var state = new Network(1, [new Dense(5), new Softsign(), new Dense(1)]).Initialize<double>(1).Train(new Adam(), 2)
                .Epochs(batches, loss).Take(2).Last();
            state.Save(folder["state"]).Good();
            var again = TrainingState.Load<double>(folder["state"]).Good();
            var found = (GraphLoss)Vocabulary.Standard.Read<Loss>(Vocabulary.Standard.Write<Loss>(loss), "loss");
            Assert.Equal(loss.Kind, found.Kind);
            var (expected, next) = (state.Epochs(batches, loss).Take(3).Last(), again.Epochs(batches, found).Take(3).Last());
            StateBits.AssertSame<double>("parameters", expected.Model.Parameters.Values, next.Model.Parameters.Values);
            Assert.Equal(expected.Training.Loss, next.Training.Loss);
        }
    }

    [Fact]
    public void With_a_term_the_record_itself_comes_back_and_without_it_the_formula()
    {
        var vocabulary =
            Vocabulary.Standard.With(Term.Layer("Softsign", new Softsign())
                .With("offset", layer => layer.Offset, (layer, offset) => layer with { Offset = offset }), Term.Layer("Mish", new Mish()));
        var model = new Network(2, [new Softsign { Offset = 2 }, new Mish()]).Initialize(1);
        model.Save(folder["own"], vocabulary).Good();
        Assert.Equal(model, Model.Load<float>(folder["own"], vocabulary).Good());
        var unknown = Model.Load<float>(folder["own"]).Good();
        Assert.Equal(["Softsign", "Mish"], unknown.Network.Layers.Select(layer => layer.Kind));
        Assert.All(unknown.Network.Layers, layer => Assert.IsType<GraphActivation>(layer));
        Assert.Equal(model.Predict(Matrix.Row(0.3f, -2)).Values.ToArray(), unknown.Predict(Matrix.Row(0.3f, -2)).Values.ToArray());
    }

    [Theory]
    [InlineData("[]", "found a list, expected a list of 1 to 4096 steps")]
    [InlineData("7", "found 7, expected a list of 1 to 4096 steps")]
    [InlineData("""["x"]""", "[0]: found \"x\", expected a list of an operation's name and its operands")]
    [InlineData("""[["x",1]]""", "[0]: found a list, expected [\"x\"]")]
    [InlineData("""[["y"]]""", ": an activation's formula has the variable y, expected x alone")]
    [InlineData("""[["x"],["exit",0]]""", "[1][0]: found \"exit\", expected one of x, y, m, v, w, rate, t, abs, add, ")]
    [InlineData("""[["x"],["variable",0]]""", "[1][0]: found \"variable\", expected one of x, y, m, v, w, rate, t, abs, add, ")]
    [InlineData("""[["x"],["add",0]]""", "[1]: found a list, expected \"add\" with 2 operands")]
    [InlineData("""[["x"],["add",0,1]]""", "[1][2]: found 1, expected the number of an earlier step, from 0 and below 1")]
    [InlineData("""[["x"],["abs",-1]]""", "[1][1]: found -1, expected the number of an earlier step")]
    [InlineData("""[["x"],["abs",1e9]]""", "[1][1]: found 1e9, expected the number of an earlier step")]
    [InlineData("""[["abs",0]]""", "[0][1]: found 0, expected the number of an earlier step")]
    [InlineData("""[["constant","one"]]""", "[0][1]: found \"one\", expected a number")]
    [InlineData("""[["x"],["powerOfTwo",0,1e300]]""", "[1][2]: found 1e300, expected a whole number from -1100 to 1100")]
    public void A_damaged_formula_is_an_error_that_names_the_place(string steps, string expected)
    {
        var fault =
            Assert.Throws<FileFault>(() =>
                Vocabulary.Standard.Read<Layer>($$"""{"kind":"Formula","of":"Own","range":"Any","steps":{{steps}}}""", "layer")).In("f");
        Assert.StartsWith($"f, layer.steps{(expected[0] is '[' or ':' ? "" : ": ")}{expected}", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_long_and_too_wide_a_formula_is_an_error_and_a_deep_one_is_none()
    {
        string Steps(int count, Func<int, string> step) => $"[[\"x\"],{string.Join(',', Enumerable.Range(1, count).Select(step))}]";
        Layer Read(string steps) =>
            Vocabulary.Standard.Read<Layer>($$"""{"kind":"Formula","of":"Own","range":"Any","steps":{{steps}}}""", "layer");
        Assert.Contains("expected a list of 1 to 4096 steps", Assert.Throws<FileFault>(() => Read(Steps(5000, i => "[\"exp\",0]"))).Message,
            StringComparison.Ordinal);
        var wide =
            $"[[\"x\"],{string.Join(',', Enumerable.Range(1, 100).Select(_ => "[\"exp\",0]"))},"
                + $"{string.Join(',', Enumerable.Range(1, 100).Select(i => $"[\"add\",{(i == 1 ? 1 : 99 + i)},{i}]"))}]";
        Assert.Contains("needs more than 62 results at one time", Assert.Throws<FileFault>(() => Read(wide)).Message,
            StringComparison.Ordinal);

        // Doubled a thousand times: a tree of it would never end, and its text is still short.
        var deep = (GraphActivation)Read(Steps(1000, i => $"[\"add\",{i - 1},{i - 1}]"));
        Assert.Equal(8, ((IFormula)(GraphActivation)Read(Steps(3, i => $"[\"add\",{i - 1},{i - 1}]"))).Of(new Number<double>(1)).Value);
        Assert.Equal(double.PositiveInfinity, ((IFormula)deep).Of(new Number<float>(1)).Value);
        Assert.InRange(deep.Graph.ToString().Length, 1, 40_000);
        Assert.NotEmpty(new Network(1, [deep]).Initialize(1).EmitCSharp("Deep").OrThrow());
    }

    [Fact]
    public void What_cannot_be_kept_is_an_error_on_writing()
    {
        var fault = new Network(2, [new Fussy()]).Initialize(1).Save(folder["own"]).Fault();
        Assert.Contains("Fussy asks whether numbers are floats (IsSingle), and a file holds one formula for both", fault,
            StringComparison.Ordinal);
        Assert.Contains("takes more than 4096 steps", new Network(2, [new Endless()]).Initialize(1).Save(folder["own"]).Fault(),
            StringComparison.Ordinal);
        Assert.Empty(folder.Entries);
    }

    private sealed record Fussy : Activation<Fussy.Rule>
    {
        public readonly struct Rule : IFormula
        {
            public S Of<S>(S x)
                where S : struct, IReal<S> => S.IsSingle ? x * 2 : x * 3;
        }
    }

    private sealed record Endless : Activation<Endless.Rule>
    {
        public readonly struct Rule : IFormula
        {
            public S Of<S>(S x)
                where S : struct, IReal<S>
            {
                for (var i = 0; i < 5000; i++)
                {
                    x = S.Abs(x) * 0.5;
                }

                return x;
            }
        }
    }
}
