using System.Diagnostics.CodeAnalysis;

namespace FunctionalNN;

/// <summary>The element type of a <see cref="NumPyArray"/>, by NumPy's name for it.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "These are NumPy's names.")]
public enum NumPyType
{
    /// <summary>bool: one byte, 0 or 1.</summary>
    Bool,

    /// <summary>int8.</summary>
    Int8,

    /// <summary>int16.</summary>
    Int16,

    /// <summary>int32.</summary>
    Int32,

    /// <summary>int64.</summary>
    Int64,

    /// <summary>uint8.</summary>
    UInt8,

    /// <summary>uint16.</summary>
    UInt16,

    /// <summary>uint32.</summary>
    UInt32,

    /// <summary>uint64.</summary>
    UInt64,

    /// <summary>float16.</summary>
    Float16,

    /// <summary>float32.</summary>
    Float32,

    /// <summary>float64.</summary>
    Float64,

    /// <summary>str: a fixed number of characters of 32 bits each, filled up with zeros.</summary>
    Text,
}

/// <summary>What is known of each <see cref="NumPyType"/>.</summary>
internal static class NumPyTypes
{
    /// <summary>The longest text that is read, in characters: the byte count of an array must not overflow.</summary>
    public const int MaxCharacters = 1 << 20;

    private static readonly (NumPyType Type, string Code, int Size, Type Element)[] Table =
    [
        (NumPyType.Bool, "b1", 1, typeof(bool)),
        (NumPyType.Int8, "i1", 1, typeof(sbyte)),
        (NumPyType.Int16, "i2", 2, typeof(short)),
        (NumPyType.Int32, "i4", 4, typeof(int)),
        (NumPyType.Int64, "i8", 8, typeof(long)),
        (NumPyType.UInt8, "u1", 1, typeof(byte)),
        (NumPyType.UInt16, "u2", 2, typeof(ushort)),
        (NumPyType.UInt32, "u4", 4, typeof(uint)),
        (NumPyType.UInt64, "u8", 8, typeof(ulong)),
        (NumPyType.Float16, "f2", 2, typeof(Half)),
        (NumPyType.Float32, "f4", 4, typeof(float)),
        (NumPyType.Float64, "f8", 8, typeof(double)),
    ];

    /// <summary>Those that can be read and written, for messages.</summary>
    public static string Known => string.Join(", ", Table.Select(entry => NameOf(entry.Type)));

    /// <summary>The type behind a code such as "f4", or null.</summary>
    public static NumPyType? ByCode(string code)
    {
        foreach (var entry in Table)
        {
            if (entry.Code == code)
            {
                return entry.Type;
            }
        }

        return null;
    }

    /// <summary>The type that holds numbers of a .NET type.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static NumPyType Of(Type element)
    {
        foreach (var entry in Table)
        {
            if (entry.Element == element)
            {
                return entry.Type;
            }
        }

        throw new ArgumentException(
            $"NumPy arrays of {element.Name} are not known here, expected one of "
                + $"{string.Join(", ", Table.Select(entry => entry.Element.Name))}");
    }

    public static string CodeOf(NumPyType type) => Table[(int)type].Code;

    /// <summary>Bytes in a number, or in one character of text.</summary>
    public static int SizeOf(NumPyType type) => type == NumPyType.Text ? 4 : Table[(int)type].Size;

    public static bool IsFloating(NumPyType type) => type is NumPyType.Float16 or NumPyType.Float32 or NumPyType.Float64;

    /// <summary>NumPy's name: "float32".</summary>
    public static string NameOf(NumPyType type) => type == NumPyType.Text ? "str" : type.ToString().ToLowerInvariant();
}
