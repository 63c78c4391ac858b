using System.Collections.Immutable;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace FunctionalNN.Tests;

public sealed class SafeTensorsFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    /// <summary>Headers, the bytes after them, and what is wrong.</summary>
    public static TheoryData<string, int, string> DamagedHeaders => new()
    {
        { "", 0, "byte 8: the header does not begin with '{'" },
        { "[]", 0, "byte 8: the header does not begin with '{'" },
        { "{", 0, "the header is not valid JSON here" },
        { "{}}", 0, "byte 10: the header is not valid JSON here" },
        { "{} x", 0, "byte 11: the header is not valid JSON here" },
        { "{}", 3, "byte 10: the tensors take 0 bytes, and 3 follow the header: the file is too long" },
        { """{"a":1}""", 0, "byte 13: found 1, expected what \"a\" is" },
        { """{"a":{}}""", 0, "\"a\" lacks dtype" },
        { """{"a":{"dtype":"F32","shape":[1]}}""", 4, "\"a\" lacks data_offsets" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", 4, "the offsets [0], expected a start and an end" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", 4, "the offsets [4, 0], expected a start and an end" },
        { """{"a":{"dtype":"F31","shape":[1],"data_offsets":[0,4]}}""", 4, "the type \"F31\", expected one of BOOL, U8" },
        { """{"a":{"dtype":"f32","shape":[1],"data_offsets":[0,4]}}""", 4, "the type \"f32\"" },
        { """{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", 4,
            "found -1 in the shape of \"a\", expected whole numbers from 0" },
        { """{"a":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", 4, "found 1.5 in the shape" },
        { """{"a":{"dtype":"F32","shape":[1e999],"data_offsets":[0,4]}}""", 4, "found 1e999 in the shape" },
        { """{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", 4, "found 99999999999999999999 in the shape" },
        { """{"a":{"dtype":"F32","shape":["1"],"data_offsets":[0,4]}}""", 4, "found a text in the shape" },
        { """{"a":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", 4, "found an array in the shape" },
        { """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", 4, "which is 8 bytes, but its offsets leave 4" },
        { """{"a":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,0]}}""", 0,
            "which is more than there can be, but its offsets leave 0" },
        { """{"a":{"dtype":"F32","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}""", 0, "which is more than there can be" },
        { """{"a":{"dtype":"F64","shape":[4611686018427387904],"data_offsets":[0,0]}}""", 0,
            "which is 36893488147419103232 bytes, but its offsets leave 0" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", 3,
            "the tensors take 4 bytes, and 3 follow the header: the file is truncated" },
        { """{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", 8, "\"a\" begins at 4, after a gap: expected 0" },
        { """{"a":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"b":{"dtype":"U8","shape":[4],"data_offsets":[2,6]}}""", 6,
            "\"b\" begins at 2, within another tensor: expected 4" },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1]},"a":{"dtype":"U8","shape":[1],"data_offsets":[1,2]}}""", 2,
            "there is a second tensor \"a\"" },
        { """{"a":{"dtype":"U8","dtype":"U8","shape":[1],"data_offsets":[0,1]}}""", 1, "a second \"dtype\"" },
        { """{"a":{"dtype":"U8","shape":[1],"data_offsets":[0,1],"extra":1}}""", 1, "the unknown entry \"extra\"" },
        { """{"__metadata__":{"a":1}}""", 0, "found 1, expected the text of \"a\"" },
        { """{"__metadata__":{"a":"1","a":"2"}}""", 0, "there is a second \"a\" in \"__metadata__\"" },
        { """{"__metadata__":{},"__metadata__":{}}""", 0, "there is a second \"__metadata__\"" },
        { """{"__metadata__":{"FunctionalNN.sha256":"12"}}""", 0, "the checksum is not one of 64 hexadecimal digits" },
        { """{"__metadata__":{"FunctionalNN.sha256":"0000000000000000000000000000000000000000000000000000000000000000"}}""", 0,
            "and it says 0000000000000000… here" },
        { """{"a":[[[[[[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]]]]]]}""", 0, "byte 13: found an array, expected what \"a\" is" },
        { """{"a":{"dtype":"U8","shape":[[[[[[[[[[[]]]]]]]]]]],"data_offsets":[0,1]}}""", 1, "found an array in the shape" },
        { """{"\ud800":{"dtype":"U8","shape":[0],"data_offsets":[0,0]}}""", 0, "the text is not valid UTF-8" },
        { """{/**/}""", 0, "the header is not valid JSON here" },
        { """{"a":{"dtype":"U8","shape":[0,],"data_offsets":[0,0]}}""", 0, "the header is not valid JSON here" },
    };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(DamagedHeaders))]
    public void A_damaged_header_gives_an_error_with_file_byte_and_reason(string header, int dataBytes, string reason)
    {
        var path = folder.Write("damaged.safetensors", FileOf(header, dataBytes));
        var fault = SafeTensorsFile.Read(path).Fault();
        Assert.StartsWith(path + ", byte ", fault, StringComparison.Ordinal);
        Assert.Contains(reason, fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_of_another_kind_gives_an_error()
    {
        Assert.Contains("byte 0: the file is empty", SafeTensorsFile.Read(folder.Write("a", [])).Fault(), StringComparison.Ordinal);
        Assert.Contains("byte 3: the file ends after 3 of the 8 bytes of the header's length",
            SafeTensorsFile.Read(folder.Write("a", [1, 0, 0])).Fault(), StringComparison.Ordinal);
        Assert.Contains("byte 0: the header should be 18446744073709551615 bytes long, but 2 bytes follow",
            SafeTensorsFile.Read(folder.Write("a", [255, 255, 255, 255, 255, 255, 255, 255, 123, 125])).Fault(), StringComparison.Ordinal);
        Assert.Equal($"{folder["b"]}: there is no such file", SafeTensorsFile.Read(folder["b"]).Fault());
        Assert.Equal($"{folder.FullName} is a folder, expected a safetensors file", SafeTensorsFile.Read(folder.FullName).Fault());
    }

    [Property(MaxTest = 200)]
    public Property Read_gives_back_what_Write_wrote() => Prop.ForAll(Contents.ToArbitrary(), content =>
    {
        SafeTensorsFile.Write(folder["a.safetensors"], content).Good();
        Assert.Equal(content, SafeTensorsFile.Read(folder["a.safetensors"]).Good());
        Assert.Equal(["a.safetensors"], folder.Entries);
    });

    [Fact]
    public void Every_byte_is_under_the_checksum()
    {
        var content =
            new SafeTensors([new StoredTensor("a", TensorType.F32, [2], new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })],
                ImmutableSortedDictionary<string, string>.Empty.Add("k", "v"));
        SafeTensorsFile.Write(folder["a"], content).Good();
        var bytes = File.ReadAllBytes(folder["a"]);
        for (var bit = 0; bit < bytes.Length * 8; bit++)
        {
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
            var answer = SafeTensorsFile.Read(folder.Write("b", bytes));

            // Where the very name of the checksum is hit there is none; the entry then stands among the texts.
            Assert.True(answer.IsLeft || answer.Good().Metadata.Count == 2, $"bit {bit} of {bytes.Length} bytes");
            bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void A_wrong_call_says_what_is_wrong()
    {
        Assert.Equal("\"a\": 3 bytes do not fill the shape 2 × 2 of F16",
            Assert.Throws<ArgumentException>(() => new StoredTensor("a", TensorType.F16, [2, 2], new byte[3])).Message);
        var tensor = new StoredTensor("a", TensorType.U8, [], new byte[] { 200 });
        Assert.Equal("two tensors are named \"a\": give each a name of its own",
            Assert.Throws<ArgumentException>(() => new SafeTensors([tensor, tensor])).Message);
        Assert.Equal("there is no tensor \"b\"; there is \"a\"",
            Assert.Throws<KeyNotFoundException>(() => new SafeTensors([tensor])["b"]).Message);
        Assert.Equal(200f, tensor.ToMatrix<float>()[0, 0]);
    }

    [Fact]
    public void Narrow_numbers_become_the_same_numbers()
    {
        Assert.Equal([1.5f, -2], new StoredTensor("a", TensorType.BF16, [2], new byte[] { 0xC0, 0x3F, 0x00, 0xC0 }).ToNumbers<float>());
        Assert.Equal([1.5, -2], new StoredTensor("a", TensorType.F16, [2], new byte[] { 0x00, 0x3E, 0x00, 0xC0 }).ToNumbers<double>());
        Assert.Equal([-1.0, 256], new StoredTensor("a", TensorType.I16, [2], new byte[] { 255, 255, 0, 1 }).ToNumbers<double>());
    }

    internal static byte[] FileOf(string header, int dataBytes) =>
        [.. BitConverter.GetBytes((long)Encoding.UTF8.GetByteCount(header)), .. Encoding.UTF8.GetBytes(header), .. new byte[dataBytes]];

    private static Gen<SafeTensors> Contents =>
        from tensors in Gen.ArrayOf(
            from type in Gen.Elements(Enum.GetValues<TensorType>())
            from shape in Gen.ArrayOf(Gen.Choose(0, 4).Select(length => (long)length), 3)
                .Or(Gen.ArrayOf(Gen.Choose(1, 20).Select(length => (long)length), 1)).Or(Gen.Constant(Array.Empty<long>()))
            from seed in Gen.Choose(0, 1000)
            select (type, shape, seed))
        from texts in Gen.ArrayOf(Gen.Elements("", "a", "ü\n\"\\", "{\"json\":[1]}", "\":\"0000"))
        select new SafeTensors(
            [.. tensors.Select((t, i) => new StoredTensor($"t\"{i}/ß", t.type, [.. t.shape], Noise(t.type, t.shape, t.seed)))],
            texts.Select((text, i) => (text, i)).ToImmutableSortedDictionary(p => $"{p.text}{p.i}", p => p.text));

    private static byte[] Noise(TensorType type, long[] shape, int seed)
    {
        var bytes = new byte[shape.Aggregate(1L, (product, length) => product * length) * type.Size];
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] = (byte)new Key((ulong)seed).Below(256, i);
        }

        return bytes;
    }
}
