using System.Text;

namespace FunctionalNN.Tests;

public sealed class NumPyFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Headers, the bytes after them, and what is wrong.</summary>
    public static TheoryData<string, int, string> DamagedHeaders => new()
    {
        { "", 0, "byte 10: found the end of the header, expected '{'" },
        { "[]", 0, "byte 10: found '[', expected '{'" },
        { "{", 0, "byte 11: found the end of the header, expected one of the keys" },
        { "{}", 0, "byte 12: the header has no 'descr'" },
        { "{'descr': '<f4', }", 0, "the header has no 'fortran_order'" },
        { "{'descr': '<f4', 'fortran_order': False, }", 0, "the header has no 'shape'" },
        { "{'descr': '<f4', 'descr': '<f4', }", 0, "byte 27: the key 'descr' is there twice" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'extra': 1}", 8, "the key 'extra' is unknown" },
        { "{'descr': '<f4' 'fortran_order': False}", 0, "byte 26: found ''', expected ',' or '}'" },
        { "{'descr': '<f4', 'fortran_order': 0, 'shape': (2,), }", 8, "byte 44: found '0', expected True or False" },
        { "{'descr': __import__('os'), 'fortran_order': False, 'shape': (2,), }", 8, "byte 20: found '_', expected a type such as '<f4'" },
        { "{'descr': '<f4, 'fortran_order': False, 'shape': (2,), }", 8, "byte 20: the elements have the type '<f4, '" },
        { "{'descr': '<f3', 'fortran_order': False, 'shape': (2,), }", 6,
            "byte 20: the elements have the type '<f3', expected one of bool, int8" },
        { "{'descr': '<f16', 'fortran_order': False, 'shape': (2,), }", 32, "the elements have the type '<f16'" },
        { "{'descr': '<U0', 'fortran_order': False, 'shape': (2,), }", 0, "the elements are texts of '0' characters" },
        { "{'descr': '<U99999999999', 'fortran_order': False, 'shape': (2,), }", 0, "the elements are texts of '99999999999' characters" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", 8, "byte 61: a dimension of the shape is negative" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2.5,), }", 8, "found '.', expected ',' or ')'" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2), }", 8, "the shape is no tuple" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': 2, }", 8, "found '2', expected '('" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999,), }", 8,
            "dimension 0 has the length 99999999999, expected at most 2147483647" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2147483647, 2147483647), }", 8,
            "the shape 2147483647 × 2147483647 of 4-byte elements is larger than the" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (0, 2147483647, 2147483647), }", 0, "is larger than the" },
        { "{'descr': '<f8', 'fortran_order': False, 'shape': (1073741824,), }", 8, "is larger than the" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (1000000,), }", 8,
            "8 bytes are left, expected 4000000, the 1000000 elements that the header promises" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), }", 9, "more bytes follow the 2 elements that the header promises" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), } x", 8,
            "byte 68: found 'x', expected nothing but spaces after the dictionary" },
        { "{'descr': '|b1', 'fortran_order': False, 'shape': (2,), }", -2, "byte 67: the truth value is 255, expected 0 or 1" },
        { "{'descr': '<U1', 'fortran_order': False, 'shape': (1,), }", -4, "byte 67: the character is no Unicode" },
        { "{'descr': '\u0001\u0002', 'fortran_order': False, 'shape': (2,), }", 8, "the type '\\x01\\x02'" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(DamagedHeaders))]
    public void A_damaged_header_gives_an_error_with_file_byte_and_reason(string header, int bytes, string reason)
    {
        var path = folder.Write("damaged.npy", FileOf(header, bytes));
        var fault = NumPyFile.Read(path).Fault();
        Assert.StartsWith(path + ", byte ", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "byte 0: there are no bytes, expected the start of an .npy file")]
    [InlineData("93", "byte 0: 1 bytes are left, expected 8, the start of an .npy file")]
    [InlineData("4C4B030400000000", "byte 0: starts with the bytes 4C4B030400000000, expected 934E554D5059")]
    [InlineData("934E554D505904000000", "byte 6: the version of the format is 4.0, expected 1.0, 2.0 or 3.0")]
    [InlineData("934E554D505901010000", "byte 6: the version of the format is 1.1")]
    [InlineData("934E554D50590200FFFFFFFF", "byte 8: the header is 4294967295 bytes long, expected at most 65535")]
    [InlineData("934E554D50590100FFFF7B", "byte 10: 1 bytes are left, expected 65535, the header")]
    public void A_damaged_start_gives_an_error(string content, string reason) =>
        Assert.Equal($"{folder["a.npy"]}, {reason}",
            NumPyFile.Read(folder.Write("a.npy", Convert.FromHexString(content))).Fault()[..($"{folder["a.npy"]}, {reason}".Length)]);

    [Theory]
    [InlineData("objects.npy",
        "the elements are Python objects, which are stored as a program (pickle) and never loaded: save numbers, as in numpy.save(file, "
            + "array.astype('float32'))")]
    [InlineData("records.npy", "the elements are records of several fields")]
    [InlineData("complex.npy", "the elements have the type '<c8'")]
    [InlineData("dates.npy", "the elements have the type '<M8[s]'")]
    [InlineData("bytes.npy",
        "the elements have the type '|S3', expected one of bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float16, "
            + "float32, float64, str: make texts of bytes, as in array.astype(str)")]
    public void A_type_that_is_not_read_gives_an_error_that_says_what_to_do(string name, string reason) =>
        Assert.Contains($"{name}, byte 20: {reason}", NumPyFile.Read(Fixtures.Of(name)).Fault(), StringComparison.Ordinal);

    [Theory]
    [InlineData("version1.npy")]
    [InlineData("version2.npy")]
    [InlineData("version3.npy")]
    public void Every_version_of_the_format_is_read(string name) =>
        Assert.Equal(NumPyArray.Of<short>([0, 1, 2, 3, 4]), NumPyFile.Read(Fixtures.Of(name)).Good());

    [Fact]
    public void A_written_file_is_NumPys_byte_for_byte()
    {
        NumPyFile.Write(folder["a.npy"], Matrix.Of(new double[,] { { 0, 1, 2 }, { 3, 4, 5 } })).Good();
        Assert.Equal(File.ReadAllBytes(Fixtures.Of("matrix.npy")), File.ReadAllBytes(folder["a.npy"]));
        Assert.Equal(["a.npy"], folder.Entries);
        NumPyFile.Write(folder["v.npy"], NumPyArray.Of<short>([0, 1, 2, 3, 4])).Good();
        Assert.Equal(File.ReadAllBytes(Fixtures.Of("version1.npy")), File.ReadAllBytes(folder["v.npy"]));
    }

    [Fact]
    public void Read_gives_back_what_Write_wrote()
    {
        NumPyArray[] arrays =
        [
            NumPyArray.Of<bool>([true, false]), NumPyArray.Of<sbyte>([-1]), NumPyArray.Of<ushort>([1, 2, 3, 4], 2, 2),
            NumPyArray.Of<ulong>([ulong.MaxValue]),
            NumPyArray.Of<Half>([(Half)1.5]), NumPyArray.Of<float>([float.NaN, -0f]), NumPyArray.Of<double>([], 0, 7),
            NumPyArray.Of("naïve", "", "𝄞"),
            NumPyArray.Of<int>(Enumerable.Range(0, 100_000).ToArray(), 10, 100, 100),
            new(NumPyType.Float64, 1, [], BitConverter.GetBytes(2.5)),
        ];
        foreach (var array in arrays)
        {
            NumPyFile.Write(folder["a.npy"], array).Good();
            Assert.Equal(array, NumPyFile.Read(folder["a.npy"]).Good());
        }
    }

    [Fact]
    public void A_missing_file_and_a_folder_give_errors()
    {
        Assert.Equal($"{folder["b"]}: there is no such file", NumPyFile.Read(folder["b"]).Fault());
        Assert.Equal($"{folder.FullName} is a folder, expected an .npy file", NumPyFile.Read(folder.FullName).Fault());
        Assert.Equal($"{folder["b"]}: there is no such file",
            Assert.Throws<InvalidOperationException>(() => NumPyFile.Read(folder["b"]).OrThrow()).Message);
    }

    [Fact]
    public void A_wrong_call_says_what_is_wrong()
    {
        var array = NumPyArray.Of<float>([1, 2, 3, 4], 2, 2);
        Assert.Equal("float32 2 × 2", array.ToString());
        Assert.Equal("the array holds float32, not Double: ToNumbers<float>() converts",
            Assert.Throws<ArgumentException>(() => { array.Values<double>(); }).Message);
        Assert.Equal("3 numbers do not fill the shape 2 × 2",
            Assert.Throws<ArgumentException>(() => NumPyArray.Of<float>([1, 2, 3], 2, 2)).Message);
        Assert.StartsWith("NumPy arrays of Char are not known here",
            Assert.Throws<ArgumentException>(() => NumPyArray.Of<char>(['a'])).Message, StringComparison.Ordinal);
        Assert.Equal("the array holds texts, not numbers: ToTexts() gives them",
            Assert.Throws<ArgumentException>(() => NumPyArray.Of("a").ToMatrix<float>()).Message);
        Assert.StartsWith("a text is no valid Unicode", Assert.Throws<ArgumentException>(() => NumPyArray.Of("\ud800")).Message,
            StringComparison.Ordinal);
    }

    [PythonFact("numpy")]
    public void NumPy_loads_what_was_written()
    {
        NumPyFile.Write(folder["a.npy"], NumPyArray.Of<float>([1.5f, float.NaN, -0f, 1e-45f, 5, 6], 3, 1, 2)).Good();
        NumPyFile.Write(folder["t.npy"], NumPyArray.Of("naïve", "", "𝄞")).Good();
        NumPyFile.Write(folder["e.npy"], NumPyArray.Of<bool>([], 0, 3)).Good();
        var printed =
            Python.Run("numpy",
                "import sys, numpy as np\nfor p in sys.argv[1:]:\n  a = np.load(p); print(a.dtype.str, a.shape, a.tolist())",
                folder["a.npy"], folder["t.npy"], folder["e.npy"]);
        Assert.Equal(
            "<f4 (3, 1, 2) [[[1.5, nan]], [[-0.0, 1.401298464324817e-45]], [[5.0, 6.0]]]\n<U5 (3,) ['naïve', '', '𝄞']\n|b1 (0, 3) []\n",
            printed);
    }

    /// <summary>A file of version 1.0; a negative count of bytes gives bytes of 255 instead of 0.</summary>
    private static byte[] FileOf(string header, int bytes)
    {
        var data = new byte[Math.Abs(bytes)];
        Array.Fill(data, bytes < 0 ? byte.MaxValue : byte.MinValue);
        return [.. NumPyHeader.Magic, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. data];
    }
}
