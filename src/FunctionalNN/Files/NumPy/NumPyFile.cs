using System.Numerics;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Files of one array, .npy, as numpy.save writes and numpy.load reads them. Versions 1.0 to 3.0, both orders of bytes and of indices,
/// truth values, integers, floats of 16, 32 and 64 bits, and texts. Nothing in a file is ever executed: arrays of Python objects are an
/// error.
/// </summary>
/// <remarks>Several arrays in one file, .npz, are a <see cref="NumPyArchive"/>.</remarks>
public static class NumPyFile
{
    internal const string Kind = FileSignature.NumPyArray;

    /// <summary>
    /// Reads a file. One that is missing, damaged, truncated, too long or of another kind gives an error that names the file, the byte
    /// and what was expected there.
    /// </summary>
    public static Either<Error, NumPyArray> Read(string path) =>
        FileErrors.Reading(path, Kind, file => new NumPyReader(file, file.Length) { Present = file.Length }.Read());

    /// <summary>Writes a file of format 1.0. It appears whole or not at all; one that is there already is replaced.</summary>
    public static Either<Error, Unit> Write(string path, NumPyArray array) => FileErrors.Writing(path, stream => Write(stream, array));

    /// <summary>Writes a matrix as an array of rank 2.</summary>
    public static Either<Error, Unit> Write<T>(string path, Matrix<T> matrix)
        where T : unmanaged, IFloatingPointIeee754<T> => Write(path, NumPyArray.Of(matrix));

    internal static void Write(Stream stream, NumPyArray array)
    {
        stream.Write(NumPyHeader.For(array));
        stream.Write(array.Bytes.Span);
    }
}
