using System.Collections.Immutable;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace FunctionalNN;

/// <summary>A data set as bytes: counts and names, then the numbers, little-endian.</summary>
internal static class StoredDataSet
{
    private const int MaxNames = 1_000_000;

    /// <summary>SHA-256 of <see cref="Write"/>.</summary>
    public static string HashOf<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T> => Convert.ToHexStringLower(SHA256.HashData(Write(data)));

    public static byte[] Write<T>(DataSet<T> data)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(typeof(T).Name);
        writer.Write(data.Count);
        writer.Write(data.Inputs.Width);
        Write(writer, data.InputNames);
        foreach (var (_, inputs) in data.Blocks())
        {
            writer.Write(MemoryMarshal.AsBytes(inputs.Values));
        }

        writer.Write(data.Targets is ClassLabels);
        switch (data.Targets)
        {
            case ClassLabels labels:
                writer.Write(labels.Classes);
                Write(writer, labels.Names);
                writer.Write(MemoryMarshal.AsBytes(labels.Values));
                break;
            case RealTargets<T> real:
                writer.Write(real.Values.Columns);
                writer.Write(real.Tolerance);
                writer.Write(MemoryMarshal.AsBytes(real.Values.Values));
                break;
            default:
                throw new ArgumentException($"the targets are {data.Targets}, expected labels or {typeof(T).Name} numbers");
        }

        writer.Write(data.Weights is not null);
        writer.Write(data.Weights is { } weights ? MemoryMarshal.AsBytes(weights.Values) : []);
        return stream.ToArray();
    }

    /// <exception cref="FormatException">The bytes are no data set of this number type.</exception>
    public static DataSet<T> Read<T>(ReadOnlyMemory<byte> bytes)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        try
        {
            using var reader = new BinaryReader(new MemoryStream(bytes.ToArray(), writable: false));
            if (reader.ReadString() is var type && type != typeof(T).Name)
            {
                throw new FormatException($"the data set holds {type} numbers, expected {typeof(T).Name}");
            }

            var (count, width) = (reader.ReadInt32(), reader.ReadInt32());
            var names = ReadNames(reader);
            var inputs = ReadMatrix<T>(reader, count, width);
            Targets targets;
            if (reader.ReadBoolean())
            {
                var classes = reader.ReadInt32();
                var classNames = ReadNames(reader);
                targets = new ClassLabels(MemoryMarshal.Cast<byte, int>(ReadBytes(reader, count, sizeof(int))), classes, classNames);
            }
            else
            {
                var columns = reader.ReadInt32();
                var tolerance = reader.ReadDouble();
                targets = new RealTargets<T>(ReadMatrix<T>(reader, count, columns), new Lazy<double>(tolerance));
            }

            var weights = reader.ReadBoolean() ? ReadMatrix<T>(reader, count, 1) : null;
            return new DataSet<T>(inputs.ToRowSource(), targets, weights, null, names);
        }
        catch (Exception fault) when (fault is EndOfStreamException or ArgumentException)
        {
            throw new FormatException($"this is no data set: {fault.Message}", fault);
        }
    }

    private static Matrix<T> ReadMatrix<T>(BinaryReader reader, int rows, int columns)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var bytes = ReadBytes(reader, (long)rows * columns, Marshal.SizeOf<T>());
        return new Matrix<T>(Block<T>.CopyOf(MemoryMarshal.Cast<byte, T>(bytes)), rows, columns);
    }

    /// <summary>The bytes of some numbers, once it is known that they are there.</summary>
    private static byte[] ReadBytes(BinaryReader reader, long count, int size)
    {
        var left = reader.BaseStream.Length - reader.BaseStream.Position;
        return count < 0 || count > left / size
            ? throw new FormatException($"{count} numbers of {size} bytes cannot lie in the {left} bytes left")
            : reader.ReadBytes((int)(count * size));
    }

    private static void Write(BinaryWriter writer, ImmutableArray<string> names)
    {
        writer.Write(names.Length);
        foreach (var name in names)
        {
            writer.Write(name);
        }
    }

    private static ImmutableArray<string> ReadNames(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return count is < 0 or > MaxNames || count > reader.BaseStream.Length - reader.BaseStream.Position
            ? throw new FormatException($"{count} names cannot lie in the bytes left")
            : [.. Enumerable.Range(0, count).Select(_ => reader.ReadString())];
    }
}
