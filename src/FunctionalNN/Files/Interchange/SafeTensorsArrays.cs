using System.Runtime.InteropServices;

namespace FunctionalNN;

/// <summary>The same arrays in a safetensors file and in an .npz file.</summary>
public static class SafeTensorsArrays
{
    /// <summary>Tensors as NumPy arrays, in the same order. BF16, which NumPy does not have, becomes float32; texts about the tensors are
    /// left out.</summary>
    public static NumPyArchive ToNumPy(this SafeTensors tensors) =>
        new("the file", [.. tensors.Tensors.Select(tensor => KeyValuePair.Create(tensor.Name, ToNumPy(tensor)))]);

    /// <summary>NumPy arrays as tensors, in the same order.</summary>
    /// <exception cref="ArgumentException">An array holds texts.</exception>
    public static SafeTensors ToSafeTensors(this NumPyArchive archive) =>
        new([.. archive.Arrays.Select(pair => ToTensor(pair.Key, pair.Value))]);

    private static NumPyArray ToNumPy(StoredTensor tensor)
    {
        var shape =
            Array.ConvertAll([.. tensor.Shape],
                length => length <= int.MaxValue
                    ? (int)length
                    : throw new ArgumentException(
                        $"\"{tensor.Name}\" has a dimension of {length}, and a NumPy array here one of {int.MaxValue} at most"));
        return tensor.Type == TensorType.BF16
            ? new NumPyArray(NumPyType.Float32, 1, shape, MemoryMarshal.AsBytes(tensor.ToNumbers<float>().AsSpan()).ToArray())
            : new NumPyArray(TypeOf(tensor.Type), 1, shape, tensor.Bytes);
    }

    private static StoredTensor ToTensor(string name, NumPyArray array) =>
        new(name,
            array.Type == NumPyType.Text
                ? throw new ArgumentException($"'{name}' holds texts, which safetensors files have no type for")
                : TypeOf(array.Type), [.. array.Shape.Select(length => (long)length)], array.Bytes);

    private static NumPyType TypeOf(TensorType type) => Pairs.First(pair => pair.Tensor == type).NumPy;

    private static TensorType TypeOf(NumPyType type) => Pairs.First(pair => pair.NumPy == type).Tensor;

    private static readonly (TensorType Tensor, NumPyType NumPy)[] Pairs =
    [
        (TensorType.Bool, NumPyType.Bool), (TensorType.U8, NumPyType.UInt8), (TensorType.I8, NumPyType.Int8),
        (TensorType.U16, NumPyType.UInt16),
        (TensorType.I16, NumPyType.Int16), (TensorType.U32, NumPyType.UInt32), (TensorType.I32, NumPyType.Int32),
        (TensorType.U64, NumPyType.UInt64),
        (TensorType.I64, NumPyType.Int64), (TensorType.F16, NumPyType.Float16), (TensorType.F32, NumPyType.Float32),
        (TensorType.F64, NumPyType.Float64),
    ];
}
