using System.Collections.Immutable;
using System.Numerics;

namespace FunctionalNN;

/// <summary>What the rows of a generated data set answer.</summary>
public enum TargetKind
{
    /// <summary>The number of a class.</summary>
    Labels,

    /// <summary>Normal numbers.</summary>
    Reals,

    /// <summary>Numbers from 0 to 1.</summary>
    Probabilities,

    /// <summary>Each row adds up to 1.</summary>
    Distributions,

    /// <summary>Whole numbers from 0 up.</summary>
    Counts,
}

/// <summary>How unusual the numbers of a generated data set are.</summary>
public enum Roughness
{
    /// <summary>Normal numbers.</summary>
    Plain,

    /// <summary>Zeros of both signs, tiny and large numbers among them.</summary>
    Rough,

    /// <summary>Also numbers that make a run diverge.</summary>
    Wild,
}

/// <summary>A data set as a description: the same numbers in float and double, all of them floats.</summary>
/// <param name="Rows">How many samples, 1 or more.</param>
/// <param name="Inputs">Numbers a sample, 1 or more.</param>
/// <param name="Kind">What a sample answers.</param>
/// <param name="Outputs">How many numbers, or classes, it answers with.</param>
/// <param name="Roughness">How unusual the inputs are.</param>
/// <param name="Seed">Draws all numbers.</param>
public sealed record DataShape(int Rows, int Inputs, TargetKind Kind, int Outputs, Roughness Roughness, int Seed)
{
    private static readonly double[] RoughNumbers = [0, -0.0, 1e-30, 20, -20, 1];
    private static readonly double[] WildNumbers = [0, 1e-38, 1e30, -3e38, 1e6, double.NaN, double.PositiveInfinity];

    /// <summary>What every input is multiplied by: 1 by default.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Inputs that hold numbers of categories; none by default.</summary>
    public ImmutableArray<EmbeddedColumn> Embedded { get; init => field = value.IsDefault ? [] : value; } = [];

    private Key Key => new((ulong)Seed);

    /// <summary>The data set in float or double.</summary>
    public DataSet<T> Create<T>()
        where T : unmanaged, IFloatingPointIeee754<T> =>
        new(Matrix.Create(Rows, Inputs, (row, column) =>
                Embedded.FirstOrDefault(embedded => embedded.Position == column) is { } categories
                    ? T.CreateTruncating(Category(categories, (row * Inputs) + column))
                    : T.CreateTruncating((float)(Scale * Number((row * Inputs) + column)))),
            TargetsOf<T>());

    /// <summary>All of it in one line.</summary>
    public override string ToString() =>
        $"{Rows} rows of {Inputs} inputs{(Scale == 1 ? "" : $" × {Scale}")}, {Outputs} {Kind}, {Roughness}, seed {Seed}";

    private Targets TargetsOf<T>()
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var key = Key.Fold(1);
        return Kind switch
        {
            TargetKind.Labels =>
                new ClassLabels([.. Enumerable.Range(0, Rows).Select(row => key.Below(Math.Max(2, Outputs), row))], Math.Max(2, Outputs)),
            TargetKind.Reals =>
                new RealTargets<T>(Matrix.Create(Rows, Outputs,
                    (row, column) => T.CreateTruncating((float)key.Normal((row * Outputs) + column)))),
            TargetKind.Distributions =>
                new RealTargets<T>(Matrix.Create(Rows, Outputs, (row, column) => T.CreateTruncating((float)Share(key, row, column)))),
            TargetKind.Counts =>
                new RealTargets<T>(Matrix.Create(Rows, Outputs,
                    (row, column) => T.CreateTruncating(key.Below(6, (row * Outputs) + column)))),
            _ => new RealTargets<T>(Matrix.Create(Rows, Outputs,
                (row, column) => T.CreateTruncating(key.Below(5, (row * Outputs) + column) / 4.0))),
        };
    }

    /// <summary>Some numbers of a row are 0; where all would be, the first is 1.</summary>
    private double Share(Key key, int row, int column)
    {
        var parts = Enumerable.Range(0, Outputs).Select(j => (double)key.Below(4, (row * Outputs) + j)).ToArray();
        var sum = parts.Sum();
        return sum > 0 ? parts[column] / sum : column == 0 ? 1 : 0;
    }

    private int Category(EmbeddedColumn column, int index) =>
        Key.Fold(4).Below(column.Categories + (column.TakesUnknown ? 1 : 0), index) - (column.TakesUnknown ? 1 : 0);

    private double Number(int index)
    {
        var key = Key.Fold(2);
        return Roughness switch
        {
            Roughness.Rough when key.Below(8, index) == 0 => RoughNumbers[key.Fold(1).Below(RoughNumbers.Length, index)],
            Roughness.Wild when key.Below(64, index) == 0 => WildNumbers[key.Fold(1).Below(WildNumbers.Length, index)],
            _ => Key.Fold(3).Normal(index),
        };
    }
}
