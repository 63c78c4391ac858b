using System.Numerics;

namespace FunctionalNN;

/// <summary>For each row one or more real numbers to predict.</summary>
/// <typeparam name="T">The element type of the data set.</typeparam>
public sealed class RealTargets<T> : Targets, IEquatable<RealTargets<T>>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>The fraction of the standard deviation within which the book "Neural Networks from Scratch" calls a prediction
    /// right.</summary>
    private const double Fraction = 1 / 250.0;

    private readonly Lazy<double> tolerance;

    /// <summary>Targets from a matrix of one row a sample.</summary>
    public RealTargets(Matrix<T> values)
    {
        Values = values;
        tolerance = new Lazy<double>(() => Fraction * StandardDeviation(values.Values));
    }

    internal RealTargets(Matrix<T> values, Lazy<double> tolerance)
    {
        Values = values;
        this.tolerance = tolerance;
    }

    /// <summary>The numbers, one row a sample.</summary>
    public Matrix<T> Values { get; }

    /// <inheritdoc/>
    public override int Count => Values.Rows;

    /// <summary>
    /// How far a prediction may be off and still count as right: the standard deviation of all targets / 250, the convention of
    /// "Neural Networks from Scratch". Rows picked from a set keep the set's tolerance.
    /// </summary>
    public double Tolerance => tolerance.Value;

    /// <inheritdoc/>
    public bool Equals(RealTargets<T>? other) => other is not null && Values.Equals(other.Values);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as RealTargets<T>);

    /// <inheritdoc/>
    public override int GetHashCode() => Values.GetHashCode();

    /// <summary>The shape.</summary>
    public override string ToString() => $"{Values.Rows} × {Values.Columns} targets";

    internal override Targets NewBuffer(int count) =>
        new RealTargets<T>(new Matrix<T>(Block<T>.Allocate(MatrixSize.Of<T>(count, Values.Columns)), count, Values.Columns), tolerance);

    internal override void PickInto(ReadOnlySpan<int> rows, Targets buffer)
    {
        var picked = ((RealTargets<T>)buffer).Values.Block.Span;
        for (var i = 0; i < rows.Length; i++)
        {
            Values.Row(rows[i]).CopyTo(picked.Slice(i * Values.Columns, Values.Columns));
        }
    }

    internal override void CopyInto(int row, Targets buffer, int place) =>
        Values.Row(row).CopyTo(((RealTargets<T>)buffer).Values.Block.Span.Slice(place * Values.Columns, Values.Columns));

    internal override bool IsLike(Targets other) => other is RealTargets<T> real && real.Values.Columns == Values.Columns;

    private static double StandardDeviation(ReadOnlySpan<T> values)
    {
        double sum = 0, squares = 0;
        foreach (var value in values)
        {
            sum += double.CreateSaturating(value);
        }

        var mean = sum / values.Length;
        foreach (var value in values)
        {
            squares += Math.Pow(double.CreateSaturating(value) - mean, 2);
        }

        return Math.Sqrt(squares / values.Length);
    }
}
