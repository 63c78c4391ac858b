using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>Numbers in a binary file: their type and the order of their bytes.</summary>
internal readonly record struct NumberFormat(StoredNumber Type, bool IsBigEndian = false)
{
    /// <summary>Bytes a number.</summary>
    public int Size => Type switch
    {
        StoredNumber.UnsignedByte or StoredNumber.SignedByte => 1,
        StoredNumber.Int16 => 2,
        StoredNumber.Double => 8,
        _ => 4,
    };

    private bool IsSwapped => IsBigEndian == BitConverter.IsLittleEndian;

    /// <summary>The numbers, rounded to nearest where the type is narrower: unsigned bytes as scale · byte + shift, all others as they
    /// are.</summary>
    public void Decode<T>(ReadOnlySpan<byte> bytes, Span<T> numbers, double scale, double shift)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        switch (Type)
        {
            case StoredNumber.UnsignedByte:
                ByteConversion.Scale(bytes, numbers, T.CreateSaturating(scale), T.CreateSaturating(shift));
                break;
            case StoredNumber.SignedByte:
                Convert(MemoryMarshal.Cast<byte, sbyte>(bytes), numbers);
                break;
            case StoredNumber.Int16:
                Integers(MemoryMarshal.Cast<byte, short>(bytes), numbers, BinaryPrimitives.ReverseEndianness);
                break;
            case StoredNumber.Int32:
                Integers(MemoryMarshal.Cast<byte, int>(bytes), numbers, BinaryPrimitives.ReverseEndianness);
                break;
            case StoredNumber.Single:
                Bits(MemoryMarshal.Cast<byte, int>(bytes), numbers);
                break;
            default:
                Bits(MemoryMarshal.Cast<byte, long>(bytes), numbers);
                break;
        }
    }

    private static void Convert<TFrom, T>(ReadOnlySpan<TFrom> values, Span<T> numbers)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = T.CreateTruncating(values[i]);
        }
    }

    private void Integers<TFrom, T>(ReadOnlySpan<TFrom> values, Span<T> numbers, Func<TFrom, TFrom> swap)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] = T.CreateTruncating(IsSwapped ? swap(values[i]) : values[i]);
        }
    }

    private void Bits<T>(ReadOnlySpan<int> values, Span<T> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] =
                T.CreateTruncating(BitConverter.Int32BitsToSingle(IsSwapped ? BinaryPrimitives.ReverseEndianness(values[i]) : values[i]));
        }
    }

    private void Bits<T>(ReadOnlySpan<long> values, Span<T> numbers)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            numbers[i] =
                T.CreateTruncating(BitConverter.Int64BitsToDouble(IsSwapped ? BinaryPrimitives.ReverseEndianness(values[i]) : values[i]));
        }
    }
}
