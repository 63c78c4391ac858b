using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace FunctionalNN;

/// <summary>SHA-256 of a model: of the network as it stands in a file, the number type, the parameters and the statistics,
/// little-endian.</summary>
internal static class ModelIdentity
{
    private const int ShortDigits = 12;

    /// <exception cref="FileFault">A layer is not in the vocabulary.</exception>
    public static string Of<T>(Model<T> model, Vocabulary vocabulary)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(
            Encoding.UTF8.GetBytes(
                $"{vocabulary.Write(NetworkOutline.Of(model.Network))} {TensorTypes.Of<T>().Name} "));
        hash.AppendData(MemoryMarshal.AsBytes(model.Parameters.Values));
        hash.AppendData(MemoryMarshal.AsBytes(model.Statistics.Values));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>The beginning, for tables; null where a layer is none of the library's.</summary>
    public static string? Short<T>(Model<T> model)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            return Of(model, Vocabulary.Standard)[..ShortDigits];
        }
        catch (FileFault)
        {
            return null;
        }
    }
}
