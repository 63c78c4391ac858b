namespace FunctionalNN.Tests;

/// <summary>Archives of other programs: entries stored or deflated are read, others refused by name with what to do.</summary>
public class NumPyCompressionTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(12)]
    [InlineData(14)]
    [InlineData(93)]
    [InlineData(95)]
    public void Another_compression_is_refused_by_the_entrys_name(int method)
    {
        using var stream = new MemoryStream();
        new NumPyArchive(("weights", NumPyArray.Of<float>([1, 2, 3]))).Write(stream, isCompressed: true);
        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("PK\x03\x04"u8) + 8] = (byte)method;
        bytes[bytes.AsSpan().IndexOf("PK\x01\x02"u8) + 10] = (byte)method;
        Assert.Matches("^it.npz, entry 'weights.npy': it is compressed by a method that is not read here: write the archive with "
            + "numpy.savez or numpy.savez_compressed", FileErrors.Guarded("it.npz", "read",
                () => new NumPyArchiveReader(new MemoryStream(bytes), "it.npz", null).Read()).Fault());
    }
}
