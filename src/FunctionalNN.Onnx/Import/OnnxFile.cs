using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Reads ONNX files whose graph is dense: layers one after the other from one input to an output, with residuals (x + layers of x).
/// Read are Gemm, MatMul with Add, all activations of the library, batch and layer normalisation; Dropout, Identity and Cast are dropped,
/// and so are Flatten and Reshape that only make rows of numbers. Nothing of a file is executed.
/// </summary>
/// <remarks>
/// The network has the file's layers with this library's names. What a file does not say is at its default: initialisers, penalties,
/// dropout rates. A node that the output does not need, such as one for a second output, is not looked at.
/// </remarks>
public static class OnnxFile
{
    /// <summary>
    /// The model in a file. A file that is missing, damaged, or outside of what is read gives an error that names the file, the byte or
    /// node, its operator, and what was expected.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="output">The output that the model is to have, such as "probabilities", or a value inside the graph, so that the layers
    /// behind it are left out; by default the first output of real numbers.</param>
    /// <typeparam name="T">float or double, whatever the file holds.</typeparam>
    public static Either<Error, Model<T>> Read<T>(string path, string? output = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Bytes(path).Bind(bytes => Read<T>(bytes, path, output));

    /// <summary>The model in the bytes of a file.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="output">The output that the model is to have, or a value inside the graph, so that the layers behind it are left out;
    /// by default the first output of real numbers.</param>
    public static Either<Error, Model<T>> Read<T>(byte[] bytes, string name = "the ONNX model", string? output = null)
        where T : unmanaged, IFloatingPointIeee754<T> => Caught(bytes, name, () => OnnxImport.Model<T>(OnnxImport.Parse(bytes), output));

    /// <summary>What a file says of itself: also of one whose graph is not dense.</summary>
    public static Either<Error, OnnxSummary> Describe(string path) => Bytes(path).Bind(bytes => Describe(bytes, path));

    /// <summary>What the bytes of a file say of it.</summary>
    public static Either<Error, OnnxSummary> Describe(byte[] bytes, string name = "the ONNX model") =>
        Caught(bytes, name, () => OnnxSummary.Of(OnnxImport.Parse(bytes)));

    private static Either<Error, TResult> Caught<TResult>(byte[] bytes, string name, Func<TResult> read)
    {
        try
        {
            return read();
        }
        catch (OnnxFault fault)
        {
            return Error.New(FileErrors.OfAnotherProgram(bytes.AsSpan(0, Math.Min(bytes.Length, 1024))) is { } other
                ? $"{name} {other}"
                : $"{name}, {fault.Message}");
        }
    }

    private static Either<Error, byte[]> Bytes(string path) => FileErrors.Reading(path, "an ONNX file", file =>
    {
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    });
}
