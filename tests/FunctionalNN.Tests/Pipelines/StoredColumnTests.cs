namespace FunctionalNN.Tests;

/// <summary>A file whose numbers no fit could have given is refused: they would come into every prediction.</summary>
public sealed class StoredColumnTests
{
    [Theory]
    [InlineData("\"offset\":0,", "\"offset\":\"NaN\",", "column \"n\": the scale is (x − NaN)")]
    [InlineData("\"low\":0,", "\"low\":\"NaN\",", "column \"n\": the bounds are NaN and")]
    [InlineData("\"edges\":[", "\"edges\":[\"Infinity\",", "column \"binned\": the edges of bins are not finite numbers in order")]
    [InlineData("\"mean\":0,", "\"mean\":\"NaN\",", "column \"y\": the mean is NaN and the spread 1")]
    [InlineData("\"inputMeans\":[", "\"inputMeans\":[\"NaN\",", "of them finite, expected 14 finite ones")]
    [InlineData("\"classes\":[\"p\",\"q\"]", "\"classes\":[\"p\",\"p\"]", "column \"y\": found 2 classes, expected one or more, each once")]
    [InlineData("\"spreads\":[", "\"spreads\":[0,", "spreads, expected")]
    public void It_is_refused_with_the_column(string written, string hostile, string expected)
    {
        var content = InMemory.Tensors(InMemory.Bytes(PipelineFixtureTests.All[0].Pipeline));
        var columns = content.Metadata["columns"];
        Assert.Contains(written, columns, StringComparison.Ordinal);
        var at = columns.IndexOf(written, StringComparison.Ordinal);
        at = hostile.Contains("Infinity", StringComparison.Ordinal) ? columns.LastIndexOf(written, StringComparison.Ordinal) : at;
        var forged = new SafeTensors(content.Tensors, content.Metadata.SetItem("columns",
            columns[..at] + hostile + columns[(at + written.Length)..]));
        var fault = Assert.Throws<FileFault>(() =>
            StoredPipeline.Read<float>(new MemoryStream(InMemory.Bytes(forged)), Vocabulary.Standard));
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
    }
}
