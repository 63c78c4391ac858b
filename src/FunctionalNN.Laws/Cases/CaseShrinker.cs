using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>Runs that are simpler than a failing one: fewer layers, then narrower ones, fewer rows, epochs and threads, plain
/// settings.</summary>
/// <param name="layers">Layers that are simpler than one.</param>
/// <param name="simplest">The plainest optimizer.</param>
internal sealed class CaseShrinker(Func<Layer, IEnumerable<Layer>> layers, Optimizer simplest)
{
    public IEnumerable<TrainingCase> Simpler(TrainingCase run) =>
        Networks(run.Network).Select(network => run with { Network = network, Data = run.Data with { Inputs = network.Inputs } })
            .Concat(Settings(run))
            .Where(simpler => simpler != run && simpler.IsValid);

    private IEnumerable<Network> Networks(Network network)
    {
        for (var i = 0; i < network.Layers.Length; i++)
        {
            if (Create(network.Input, network.Layers.RemoveAt(i)) is { } shorter)
            {
                yield return shorter;
            }
        }

        foreach (var input in Smaller(network.Input))
        {
            if (Create(input, network.Layers) is { } narrower)
            {
                yield return narrower;
            }
        }

        for (var i = 0; i < network.Layers.Length; i++)
        {
            foreach (var layer in layers(network.Layers[i]))
            {
                if (Create(network.Input, network.Layers.SetItem(i, layer)) is { } simpler)
                {
                    yield return simpler;
                }
            }
        }
    }

    private IEnumerable<TrainingCase> Settings(TrainingCase run) =>
    [
        .. Fewer(run.Data.Rows, 2)
            .Select(rows => run with { Data = run.Data with { Rows = rows }, BatchSize = Math.Min(run.BatchSize, rows) }),
        run with { BatchSize = run.Data.Rows },
        run with { Epochs = 1 },
        .. Fewer(run.Threads, 1).Select(threads => run with { Threads = threads }),
        run with { IsShuffled = false },
        run with { Optimizer = simplest },
        run with { Data = run.Data with { Roughness = Roughness.Plain } },
        run with { Seed = 0 },
        run with { Data = run.Data with { Seed = 0 } },
    ];

    private static IEnumerable<int> Fewer(int count, int least) =>
        new[] { least, count / 2, count - 1 }.Where(fewer => fewer >= least && fewer < count).Distinct();

    private static IEnumerable<Shape> Smaller(Shape input) => input.Image is { } image
        ? Fewer(image.Height, 1).Select(height => new Shape(image with { Height = height }))
            .Concat(Fewer(image.Width, 1).Select(width => new Shape(image with { Width = width })))
            .Concat(Fewer(image.Channels, 1).Select(channels => new Shape(image with { Channels = channels })))
        : Fewer(input.Width, 1).Select(width => new Shape(width));

    private static Network? Create(Shape input, ImmutableArray<Layer> stack) =>
        (input.Image is { } image ? Network.Create(image, stack) : Network.Create(input.Width, stack)) is { IsSuccess: true } valid
            ? valid.OrThrow()
            : null;
}
