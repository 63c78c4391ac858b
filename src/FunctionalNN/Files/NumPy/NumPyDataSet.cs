using System.Collections.Immutable;
using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>Data sets from NumPy arrays, such as Keras' mnist.npz.</summary>
public static class NumPyDataSet
{
    /// <summary>
    /// Two arrays of the archive as a data set, one row for each first index. Inputs of bytes (uint8) stay bytes in memory and become
    /// scale · byte + shift in the batch; other numbers are taken as they are. Targets that are whole numbers, truth values or texts, one a
    /// row, are classes; texts become classes in alphabetical order with the texts as names. Floats are quantities to predict.
    /// </summary>
    /// <param name="archive">The arrays.</param>
    /// <param name="inputs">The name of an array of rank 2 or more.</param>
    /// <param name="targets">The name of an array as long.</param>
    /// <param name="classNames">One name a class, or nothing.</param>
    /// <param name="scale">For bytes alone: 1/255 for numbers from 0 to 1.</param>
    /// <param name="shift">For bytes alone: 0 for numbers from 0 to 1.</param>
    /// <returns>The data set, or an error that names the file and both arrays.</returns>
    public static Either<Error, DataSet<float>> ToDataSet(
        this NumPyArchive archive, string inputs, string targets, IEnumerable<string>? classNames = null, double scale = 1 / 255.0,
        double shift = 0) =>
        archive.ToDataSet<float>(inputs, targets, classNames, scale, shift);

    /// <inheritdoc cref="ToDataSet(NumPyArchive, string, string, IEnumerable{string}, double, double)"/>
    /// <typeparam name="T">float or double.</typeparam>
    public static Either<Error, DataSet<T>> ToDataSet<T>(
        this NumPyArchive archive, string inputs, string targets, IEnumerable<string>? classNames = null, double scale = 1 / 255.0,
        double shift = 0)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        from x in archive.Find(inputs)
        from t in archive.Find(targets)
        from rows in Rows<T>(x, $"{archive.Origin}, '{inputs}'", scale, shift)
        from answers in Targets<T>(t, $"{archive.Origin}, '{targets}'", [.. classNames ?? []])
        from data in rows.Count == answers.Count
            ? (Either<Error, DataSet<T>>)new DataSet<T>(rows, answers)
            : Error.New(
                $"{archive.Origin}: '{inputs}' has {rows.Count} rows but '{targets}' has {answers.Count}: the two do not belong together")
        select data;

    private static Either<Error, RowSource<T>> Rows<T>(NumPyArray array, string place, double scale, double shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (array.Type == NumPyType.Text)
        {
            return Error.New($"{place}: holds texts, expected numbers");
        }

        if (array.Rank < 2)
        {
            return Error.New(
                $"{place}: has the shape {NumPyArray.Text(array.Shape.AsSpan())}, expected rank 2 or more: a row of inputs for each "
                    + $"first index");
        }

        var width = IdxArray.Product(array.Shape.AsSpan()[1..]);
        return width < 1 ? Error.New($"{place}: has the shape {NumPyArray.Text(array.Shape.AsSpan())}: its rows have no numbers")
            : array.Type == NumPyType.UInt8 ? new ByteRows<T>(array.Bytes, (int)width, scale, shift)
            : array.ToMatrix<T>().ToRowSource();
    }

    private static Either<Error, Targets> Targets<T>(NumPyArray array, string place, ImmutableArray<string> names)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        if (array.Rank == 0)
        {
            return Error.New($"{place}: is a single {NumPyTypes.NameOf(array.Type)}, expected one a row");
        }

        if (NumPyTypes.IsFloating(array.Type))
        {
            return array.Count == 0
                ? Error.New($"{place}: has the shape {NumPyArray.Text(array.Shape.AsSpan())}: there are no targets")
                : new RealTargets<T>(array.Rank == 1 ? Matrix.Create<T>(array.Count, 1, array.ToNumbers<T>()) : array.ToMatrix<T>());
        }

        if (array.Count != array.Shape[0])
        {
            return Error.New(
                $"{place}: has the shape {NumPyArray.Text(array.Shape.AsSpan())}, expected one class a row: for several numbers a row save "
                    + $"them as float32");
        }

        return array.Type == NumPyType.Text ? Named(array.ToTexts(), place, names) : Numbered(array.ToNumbers<double>(), place, names);
    }

    private static Either<Error, Targets> Named(string[] texts, string place, ImmutableArray<string> names)
    {
        ImmutableArray<string> classes = names.IsEmpty ? [.. texts.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)] : names;
        var numbers = texts.Select(text => classes.IndexOf(text)).ToArray();
        return System.Array.IndexOf(numbers, -1) is var row and >= 0
            ? Error.New(
                $"{place}: row {row} is '{ArchiveNames.Shown(texts[row])}', expected one of the class names {string.Join(", ", classes)}")
            : texts.Length == 0 ? Error.New($"{place}: there are no rows")
            : new ClassLabels(numbers, classes.Length, classes);
    }

    private static Either<Error, Targets> Numbered(double[] numbers, string place, ImmutableArray<string> names)
    {
        const int MaxClasses = 1 << 24;
        if (numbers.Length == 0)
        {
            return Error.New($"{place}: there are no rows");
        }

        var classes = names.IsEmpty ? Math.Min(numbers.Max() + 1, MaxClasses) : names.Length;
        var wrong = System.Array.FindIndex(numbers, number => !(number >= 0 && number < classes));
        return wrong >= 0
            ? Error.New(
                $"{place}: row {wrong} has the class {numbers[wrong]:F0}, expected "
                    + $"{(names.IsEmpty ? $"0 to {MaxClasses - 1}" : $"0 to {names.Length - 1} ({names.Length} class names)")}")
            : new ClassLabels([.. numbers.Select(number => (int)number)], (int)classes, names);
    }
}
