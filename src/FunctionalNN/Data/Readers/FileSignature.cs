using System.Text;

namespace FunctionalNN;

/// <summary>What the first bytes of a file tell: the one place that knows the files of other programs, for readers that expected something
/// else.</summary>
internal static class FileSignature
{
    /// <summary>What readers of weights and arrays expect, as in their messages.</summary>
    public const string SafeTensors = "a safetensors file";

    /// <inheritdoc cref="SafeTensors"/>
    public const string NumPyArray = "an .npy file";

    /// <inheritdoc cref="SafeTensors"/>
    public const string NumPyArchive = "an .npz file";

    private const string Unpack = "unpack it, and give the path of the file in it";
    private const string AsTable = "save the table as CSV and read that";
    private const string AsWeights = "save the weights as safetensors or .npz and read those";

    private static readonly (byte[] Bytes, int Offset, string What, string Fix)[] Binary =
    [
        ([0x89, .. "HDF\r\n"u8, 0x1A, 0x0A], 0, "an HDF5 file, as Keras (.h5), MATLAB (.mat) and h5py write",
            "save its arrays as .npz with numpy.savez or as safetensors and read those"),
        ([0x93, .. "NUMPY"u8], 0, "a NumPy array (.npy)", "read it with NumPyFile.Read"),
        ([.. "PAR1"u8], 0, "a Parquet file", AsTable),
        ([.. "ARROW1"u8], 0, "an Arrow or Feather file", AsTable),
        ([.. "Obj"u8, 1], 0, "an Avro file", AsTable),
        ([0x89, .. "PNG\r\n"u8], 0, "a PNG picture", "write its pixels as numbers, a row a picture, and read those"),
        ([0xFF, 0xD8, 0xFF], 0, "a JPEG picture", "write its pixels as numbers, a row a picture, and read those"),
        ([.. "GIF8"u8], 0, "a GIF picture", "write its pixels as numbers, a row a picture, and read those"),
        ([.. "%PDF-"u8], 0, "a PDF document", AsTable),
        ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], 0, "an old Office document, such as .xls", AsTable),
        ([.. "SQLite format 3"u8], 0, "an SQLite database", AsTable),
        ([.. "BZh"u8], 0, "compressed with bzip2", "decompress it first with bunzip2; gzip is read as it is"),
        ([0xFD, .. "7zXZ"u8, 0], 0, "compressed with xz", "decompress it first with unxz; gzip is read as it is"),
        ([0x28, 0xB5, 0x2F, 0xFD], 0, "compressed with Zstandard", "decompress it first with unzstd; gzip is read as it is"),
        ([0x04, 0x22, 0x4D, 0x18], 0, "compressed with LZ4", "decompress it first with unlz4; gzip is read as it is"),
        ([0x1F, 0x9D], 0, "compressed with compress (.Z)", "decompress it first; gzip is read as it is"),
        ([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], 0, "a 7z archive", Unpack),
        ([.. "Rar!"u8, 0x1A, 0x07], 0, "a RAR archive", Unpack),
        ([.. "ustar"u8], 257, "a tar archive", Unpack),
        ([.. "MATLAB 5.0 MAT-file"u8], 0, "a MATLAB file (.mat)", "save its arrays as .npz or CSV and read those"),
        ([.. "GGUF"u8], 0, "a GGUF model", AsWeights),
        ([.. "TFL3"u8], 4, "a TensorFlow Lite model", "export the network as ONNX, or its weights as .npz, and read that"),
        ([.. "RDX3\n"u8], 0, "an R data file", AsTable),
        ([0x7F, .. "ELF"u8], 0, "a program", "give the path of the data"),
    ];

    private static readonly (string Text, string What, string Fix)[] Texts =
    [
        ("version https://git-lfs", "a pointer of Git LFS in place of the file itself", "fetch the file with git lfs pull"),
        ("<!doctype html", "a page of HTML, most likely a download's message",
            "download the file itself, and look at the page in a browser to see what is wrong"),
        ("<html", "a page of HTML, most likely a download's message",
            "download the file itself, and look at the page in a browser to see what is wrong"),
        ("<?xml", "an XML document", AsTable),
        ("<error>", "a server's message in place of the file", "download the file again"),
    ];

    /// <summary>What a file is and what to do, such as <c>is a PNG picture: write …</c>, or null for what is none of the known
    /// kinds.</summary>
    /// <param name="head">The first bytes, some hundred of them.</param>
    public static string? Of(ReadOnlySpan<byte> head)
    {
        foreach (var (bytes, offset, what, fix) in Binary)
        {
            if (head.Length >= offset + bytes.Length && head[offset..].StartsWith(bytes))
            {
                return $"is {what}: {fix}";
            }
        }

        var text = Encoding.Latin1.GetString(head[..Math.Min(head.Length, 256)])
            .TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        foreach (var (begins, what, fix) in Texts)
        {
            if (text.StartsWith(begins, StringComparison.OrdinalIgnoreCase))
            {
                return $"is {what}: {fix}";
            }
        }

        return head is [0x1F, 0x8B, ..] ? "is compressed with gzip: decompress it first"
            : head is [(byte)'P', (byte)'K', 3, 4, ..] ? Zip(head)
            : head is [0x80, >= 2 and <= 5, ..] ? $"is a pickle of Python, as joblib and torch.save write: {AsWeights}"
            : IsSafeTensors(head) ? "is a safetensors file: read it with Model.Load or SafeTensorsFile.Read"
            : null;
    }

    /// <summary>The same, or null where it is what a reader expects: a damaged file of the right kind is damaged.</summary>
    /// <param name="head">The first bytes.</param>
    /// <param name="kind">What the reader expects, as in its messages.</param>
    public static string? Other(ReadOnlySpan<byte> head, string kind)
    {
        var own = kind switch
        {
            SafeTensors => "is a safetensors file",
            NumPyArray => "is a NumPy array",
            NumPyArchive => head is [0x93, ..] ? "is a NumPy array" : "is an archive of NumPy arrays",
            _ => null,
        };
        return Of(head) is { } known && !(own is not null && known.StartsWith(own, StringComparison.Ordinal))
            && !(kind == NumPyArchive && known.StartsWith("is a zip archive", StringComparison.Ordinal)) ? known : null;
    }

    /// <summary>The same for a reader of text, which also refuses bytes that no text has, unless its encoding is given.</summary>
    public static string? NoText(ReadOnlySpan<byte> head, bool hasEncoding)
    {
        if (Of(head) is { } known)
        {
            return known;
        }

        if (hasEncoding || Marked(head) is not null || !head.Contains((byte)0))
        {
            return null;
        }

        var (even, odd) = (0, 0);
        for (var i = 0; i < head.Length; i++)
        {
            _ = head[i] == 0 ? (i % 2 == 0 ? even++ : odd++) : 0;
        }

        var half = head.Length / 2;
        return odd > half / 2 && even < half / 8
            ? "seems to be UTF-16 without a mark of its byte order: set Encoding = Encoding.Unicode, or save it as UTF-8"
            : even > half / 2 && odd < half / 8
                ? "seems to be UTF-16 without a mark of its byte order: set Encoding = Encoding.BigEndianUnicode, or save it as UTF-8"
            : even + odd > head.Length / 2
                ? "seems to be UTF-32 without a mark of its byte order: set Encoding = Encoding.UTF32, or save it as UTF-8"
            : $"is no text: byte {head.IndexOf((byte)0)} is 0";
    }

    /// <summary>The encoding that a mark of byte order tells, other than UTF-8.</summary>
    public static Encoding? Marked(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
        [0, 0, 0xFE, 0xFF, ..] => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        [0xFF, 0xFE, ..] => Encoding.Unicode,
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
        _ => null,
    };

    /// <summary>What the names of the first entries tell.</summary>
    private static string Zip(ReadOnlySpan<byte> head)
    {
        var names = Encoding.Latin1.GetString(head);
        return names.Contains("data.pkl", StringComparison.Ordinal) || names.Contains(".data/serialization_id", StringComparison.Ordinal)
            ? $"is a file of PyTorch (torch.save): {AsWeights}"
            : names.Contains("[Content_Types].xml", StringComparison.Ordinal) || names.Contains("xl/", StringComparison.Ordinal)
                ? $"is an Excel workbook or another Office document: {AsTable}"
            : names.Contains("mimetypeapplication/vnd.oasis", StringComparison.Ordinal) ? $"is an OpenDocument file: {AsTable}"
            : names.Contains("model.weights.h5", StringComparison.Ordinal) || names.Contains("metadata.json", StringComparison.Ordinal)
                ? $"is a file of Keras (.keras): {AsWeights}"
            : names.Contains(".npy", StringComparison.Ordinal) ? "is an archive of NumPy arrays (.npz): read it with NumPyArchive.Read"
            : $"is a zip archive: {Unpack}";
    }

    private static bool IsSafeTensors(ReadOnlySpan<byte> head) =>
        head.Length > 10 && head[5..8].IndexOfAnyExcept((byte)0) < 0 && head[8] == (byte)'{' && head[9] == (byte)'"';
}
