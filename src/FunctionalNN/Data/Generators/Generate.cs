using System.Numerics;

namespace FunctionalNN;

/// <summary>
/// Made-up data sets to learn on. Each is a function of its arguments alone; the seeded ones draw the numbers that NumPy draws, so
/// that a run in Python sees the same points. Rows stand class by class: <see cref="DataSet{T}.Shuffled"/> mixes them.
/// The form without a type argument gives float.
/// </summary>
/// <remarks>
/// As float the numbers are NumPy's to the last bit. As double they are where no sine is taken; a sine may differ by one unit in
/// the last place, as it does between NumPy's own builds: on a processor with AVX-512 it leaves the C library for a faster one.
/// </remarks>
public static partial class Generate
{
    /// <summary>Points in the plane, the same number for each class, one class after the other.</summary>
    private static DataSet<T> Plane<T>(int samples, int classes, Func<int, int, (T X, T Y)> point)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        AtLeastOne(samples, nameof(samples));
        AtLeastOne(classes, nameof(classes));
        var rows = checked(samples * classes);
        var values = new T[checked(rows * 2)];
        for (var row = 0; row < rows; row++)
        {
            (values[2 * row], values[(2 * row) + 1]) = point(row / samples, row % samples);
        }

        return new DataSet<T>(Matrix.Create(rows, 2, values), Labels(samples, classes));
    }

    private static ClassLabels Labels(int samples, int classes)
    {
        var labels = new int[checked(samples * classes)];
        for (var row = 0; row < labels.Length; row++)
        {
            labels[row] = row / samples;
        }

        return new ClassLabels(labels, classes);
    }

    /// <summary>A point of double precision, moved by normal noise, x before y, and rounded to the element type last.</summary>
    private static (T X, T Y) Blurred<T>(double x, double y, double noise, NumPyRandom random)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        (T.CreateSaturating(x + (noise * random.Normal())), T.CreateSaturating(y + (noise * random.Normal())));

    /// <summary>One of count numbers from start to stop with NumPy's rounding: index · step + start, and exactly stop at the end.</summary>
    private static double Linspace(double start, double stop, int count, int index) =>
        index == count - 1 && count > 1 ? stop : (index * ((stop - start) / Math.Max(1, count - 1))) + start;

    private static void AtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}, expected 1 or more");
        }
    }

    private static void NotNegative(double value, string name)
    {
        if (!(value >= 0 && double.IsFinite(value)))
        {
            throw new ArgumentOutOfRangeException(name, $"{name} is {value}, expected a number of 0 or more");
        }
    }
}
