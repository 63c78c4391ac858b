
namespace FunctionalNN;

/// <summary>What the header of an .npy file says of the elements that follow.</summary>
/// <param name="Type">Their type.</param>
/// <param name="Characters">The characters of a text; 1 for numbers.</param>
/// <param name="IsSwapped">Whether their bytes have the order that this machine does not have.</param>
/// <param name="IsFortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The length of each dimension.</param>
internal sealed record NumPyHeader(NumPyType Type, int Characters, bool IsSwapped, bool IsFortran, int[] Shape)
{
    private const int Alignment = 64;

    /// <summary>The bytes that every .npy file starts with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public int ElementSize => NumPyTypes.SizeOf(Type) * Characters;

    /// <summary>The header of format 1.0 for an array, padded with spaces so that the elements start at a multiple of 64 bytes, as NumPy
    /// does it.</summary>
    public static byte[] For(NumPyArray array)
    {
        var order = array.ElementSize == 1 ? '|' : BitConverter.IsLittleEndian ? '<' : '>';
        var code = array.Type == NumPyType.Text
            ? $"U{array.Characters}"
            : NumPyTypes.CodeOf(array.Type);
        var shape = array.Rank == 1 ? $"{array.Shape[0]}," : string.Join(", ", array.Shape);
        var text = $"{{'descr': '{order}{code}', 'fortran_order': False, 'shape': ({shape}), }}";
        var length = (Magic.Length + 4 + text.Length + 1 + Alignment - 1) / Alignment * Alignment;
        var header = new byte[length];
        header.AsSpan().Fill((byte)' ');
        Magic.CopyTo(header);
        header[6] = 1;
        header[7] = 0;
        var rest = length - Magic.Length - 4;
        header[8] = (byte)rest;
        header[9] = (byte)(rest >> 8);
        System.Text.Encoding.ASCII.GetBytes(text, header.AsSpan(10));
        header[^1] = (byte)'\n';
        return header;
    }
}
