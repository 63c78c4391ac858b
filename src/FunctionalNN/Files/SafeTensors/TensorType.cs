namespace FunctionalNN;

/// <summary>The element types of a safetensors file, by their names there. Numbers of several bytes are little-endian.</summary>
public enum TensorType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,

    /// <summary>Unsigned, 8 bits.</summary>
    U8,

    /// <summary>Signed, 8 bits.</summary>
    I8,

    /// <summary>Signed, 16 bits.</summary>
    I16,

    /// <summary>Unsigned, 16 bits.</summary>
    U16,

    /// <summary>Half: 16 bits, IEEE 754.</summary>
    F16,

    /// <summary>The upper 16 bits of a float.</summary>
    BF16,

    /// <summary>Signed, 32 bits.</summary>
    I32,

    /// <summary>Unsigned, 32 bits.</summary>
    U32,

    /// <summary>float.</summary>
    F32,

    /// <summary>double.</summary>
    F64,

    /// <summary>Signed, 64 bits.</summary>
    I64,

    /// <summary>Unsigned, 64 bits.</summary>
    U64,
}

/// <summary>Names and sizes of the element types.</summary>
internal static class TensorTypes
{
    private static readonly (TensorType Type, string Name, int Size)[] All =
    [
        (TensorType.Bool, "BOOL", 1), (TensorType.U8, "U8", 1), (TensorType.I8, "I8", 1), (TensorType.I16, "I16", 2),
        (TensorType.U16, "U16", 2),
        (TensorType.F16, "F16", 2), (TensorType.BF16, "BF16", 2), (TensorType.I32, "I32", 4), (TensorType.U32, "U32", 4),
        (TensorType.F32, "F32", 4),
        (TensorType.F64, "F64", 8), (TensorType.I64, "I64", 8), (TensorType.U64, "U64", 8),
    ];

    public static string Names => string.Join(", ", All.Select(entry => entry.Name));

    public static TensorType? Named(string name)
    {
        foreach (var entry in All)
        {
            if (entry.Name == name)
            {
                return entry.Type;
            }
        }

        return null;
    }

    /// <summary>The type of float and double.</summary>
    public static TensorType Of<T>() =>
        typeof(T) == typeof(float) ? TensorType.F32
        : typeof(T) == typeof(double) ? TensorType.F64
        : typeof(T) == typeof(Half) ? TensorType.F16
        : throw new ArgumentException($"a file holds numbers of type float, double or Half, not {typeof(T).Name}");

    extension(TensorType type)
    {
        public string Name => All[(int)type].Name;

        /// <summary>Bytes of one element.</summary>
        public int Size => All[(int)type].Size;
    }
}
