using System.Globalization;
using System.Numerics;

namespace FunctionalNN;

/// <summary>A run's numbers as a table in a file.</summary>
public static class CsvLogs
{
    /// <summary>
    /// Writes a line for each epoch to a CSV file and passes the states on: epoch, step, learning_rate, loss, accuracy, validation_loss,
    /// validation_accuracy, and metrics of your own, such as <c>("top3", state => state.Model.Report(heldOut).TopK(3))</c>. A number that a
    /// state does not have is an empty field. Each line is in the file before the next epoch begins. The state that closes a sequence is a
    /// repetition and is not written again.
    /// </summary>
    /// <param name="states">The sequence.</param>
    /// <param name="path">The file, made anew by each pass over the sequence unless <paramref name="append"/> is set.</param>
    /// <param name="append">Whether lines are added to a file that is there, as after a resumed run.</param>
    /// <param name="metrics">Names and measures of your own.</param>
    /// <exception cref="ArgumentException">A metric's name is empty or there twice. Thrown at once.</exception>
    /// <exception cref="InvalidOperationException">The file to append to has other columns; the message gives both lists.</exception>
    public static IEnumerable<TrainingState<T>> LogCsv<T>(this IEnumerable<TrainingState<T>> states, string path, bool append = false,
        params (string Name, Func<TrainingState<T>, double> Measure)[] metrics)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var columns = RunColumns.Of(metrics);
        var header = string.Join(',', ["epoch", "step", .. columns.Select(column => Field(column.Name))]);
        path = Path.GetFullPath(path);
        return states.Through(Sequence);

        IEnumerable<TrainingState<T>> Sequence(IEnumerable<TrainingState<T>> source)
        {
            using var writer = Open(path, header, append);
            foreach (var state in source)
            {
                if (state.Stopped.IsNone && state.Divergence.IsNone)
                {
                    writer.WriteLine(string.Join(',',
                        [$"{state.Epoch}", $"{state.Step}", .. columns.Select(column => Number(column.Value(state)))]));
                    writer.Flush();
                }

                yield return state;
            }
        }
    }

    private static StreamWriter Open(string path, string header, bool append)
    {
        if (append && File.Exists(path) && new FileInfo(path).Length > 0)
        {
            var found = File.ReadLines(path).First();
            return found == header
                ? new StreamWriter(path, append: true)
                : throw new InvalidOperationException(
                    $"{path} has the columns {found}, this run logs {header}: log to another file, or leave out append");
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }

        var writer = new StreamWriter(path, append: false);
        writer.WriteLine(header);
        return writer;
    }

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
