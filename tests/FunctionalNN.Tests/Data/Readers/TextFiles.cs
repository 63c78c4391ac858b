using System.Text;

namespace FunctionalNN.Tests;

/// <summary>Writes small files of text.</summary>
internal static class TextFiles
{
    public static string WriteText(this TemporaryFolder folder, string name, string content) =>
        folder.Write(name, Encoding.UTF8.GetBytes(content));

    /// <summary>All inputs of a data set, row by row.</summary>
    public static T[] Numbers<T>(this DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> =>
            data.InputsOf([.. Enumerable.Range(0, data.Count)]).Values.ToArray();

    public static int[] Labels<T>(this DataSet<T> data)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T> => Assert.IsType<ClassLabels>(data.Targets).Values.ToArray();
}
