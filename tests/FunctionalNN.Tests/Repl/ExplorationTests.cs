using System.Globalization;
using System.Text.RegularExpressions;

namespace FunctionalNN.Tests;

/// <summary>The scripts of examples/repl run, and show what they say.</summary>
[Trait("Duration", "Long")]
public sealed partial class ExplorationTests
{
    [Fact]
    public async Task A_gradient_flows_and_the_numbers_by_hand_are_the_librarys()
    {
        var (exit, output) = await ReplProcess.Run(["gradient-flow.csx"]);
        Assert.True(exit == 0, output);

        // z = 0.35·0.1 + 0.9·0.4, 0.35·0.8 + 0.9·0.6; σ(0.395), σ(0.82); y = 0.3·σ₁ + 0.9·σ₂: by calculator.
        Assert.Contains("| first layer | z = x·W₁ + b₁ | 0.395000, 0.820000 |", output, StringComparison.Ordinal);
        Assert.Contains("| after the sigmoid | a = 1 / (1 + e⁻ᶻ) | 0.597486, 0.694236 |", output, StringComparison.Ordinal);
        Assert.Contains("| output | y = a·W₂ + b₂ | 0.804058 |", output, StringComparison.Ordinal);
        Assert.Contains("| output | ∂L/∂y = 2(y − t) | 0.608117 |", output, StringComparison.Ordinal);
        var updates = Update().Matches(output);
        Assert.Equal(["dense1.weights", "dense1.bias", "dense2.weights", "dense2.bias"], updates.Select(row => row.Groups["slot"].Value));
        Assert.All(updates, row => Assert.Equal(row.Groups["hand"].Value, row.Groups["library"].Value));
        Assert.Contains("\ncorrect: 11 gradients checked", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fork_goes_its_own_way_and_leaves_the_run_as_it_was()
    {
        var (exit, output) = await ReplProcess.Run(["fork.csx"]);
        Assert.True(exit == 0, output);
        var rows = Comparison().Matches(output);
        Assert.Equal(["30", "40", "50", "60"], rows.Select(row => row.Groups["epoch"].Value));
        Assert.All(rows, row => Assert.NotEqual(row.Groups["left"].Value, row.Groups["right"].Value));
        Assert.All(rows, row => Assert.InRange(double.Parse(row.Groups["accuracy"].Value, CultureInfo.InvariantCulture), 90, 100));
        Assert.Contains("The state that both came from is as it was: True", output, StringComparison.Ordinal);
        Assert.Contains("20 epochs and 40 more are 60 in one go, to the last bit: True", output, StringComparison.Ordinal);
        Assert.Contains("The fork is another model: True", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_gradient_is_found_where_it_is()
    {
        var (exit, output) = await ReplProcess.Run(["broken-gradient.csx"]);
        Assert.True(exit == 0, output);
        var (broken, right) =
            (output[..output.IndexOf("## With both terms", StringComparison.Ordinal)],
                output[output.IndexOf("## With both terms", StringComparison.Ordinal)..]);
        Assert.Contains("\nWRONG: 57 gradients checked", broken, StringComparison.Ordinal);
        Assert.Contains("\ncorrect: 57 gradients checked", right, StringComparison.Ordinal);
        var errors = WorstErrors().Matches(broken)
            .ToDictionary(row => row.Groups["slot"].Value, row => double.Parse(row.Groups["error"].Value, CultureInfo.InvariantCulture));
        Assert.True(errors["dense1.weights"] > 1e-3 && errors["inputs.value"] > 1e-3, broken);
        Assert.True(errors["dense2.weights"] < 1e-6 && errors["dense2.bias"] < 1e-6, broken);
    }

    [Fact]
    public async Task A_session_prints_values_goes_over_lines_and_survives_mistakes()
    {
        var (exit, output) = await ReplProcess.Run([], """
            network
            int Next(int x)
            {
                return x + 1;
            }
            Next(41)
            trained with { Optimizer = new Adam(1e-4) }
            new[] { 1, 2 }
            trained.Epochs(batches, loss)
            ghost
            Matrix.Row(1.0).Multiply(Matrix.Row(1.0, 2.0).Transpose())
            "still here"
            #exit
            "never read"

            """);
        Assert.True(exit == 1, output);
        Assert.Contains("\ntrained   epoch 20,", output, StringComparison.Ordinal);
        Assert.Matches(@"\ndense1 +He +n × 16 +48\n", output);
        Assert.Contains("\n42\n", output, StringComparison.Ordinal);
        Assert.Contains(", rate 0.0001: loss", output, StringComparison.Ordinal);
        Assert.Contains("\n2 items\n  1\n  2\n", output, StringComparison.Ordinal);
        Assert.Contains("\na lazy sequence: take some of it", output, StringComparison.Ordinal);
        Assert.Contains("The name 'ghost' does not exist in the current context", output, StringComparison.Ordinal);
        Assert.Contains("ArgumentException: a 1 × 1 matrix cannot be multiplied by a 2 × 1 one", output, StringComparison.Ordinal);
        Assert.EndsWith("\n\"still here\"\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_script_that_fails_ends_with_1()
    {
        Assert.Equal((1, true),
            await ReplProcess.Run(["ghost.csx"]) is var (exit, output)
                ? (exit, output.StartsWith("there is no script ", StringComparison.Ordinal))
                : default);
    }

    [GeneratedRegex(@"^\| (?<slot>dense\d\.\w+) \| [^|]+ \| (?<hand>[^|]+) \| (?<library>[^|]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Update();

    [GeneratedRegex(@"^\| (?<epoch>\d+) \| (?<left>[\d.]+) \| (?<accuracy>[\d.]+) % \| (?<right>[\d.]+) \| [\d.]+ % \|$",
        RegexOptions.Multiline)]
    private static partial Regex Comparison();

    [GeneratedRegex(@"^(?<slot>\w+\.\w+) +\d+ +\d+ +(?<error>[\d.E+-]+)$", RegexOptions.Multiline)]
    private static partial Regex WorstErrors();
}
