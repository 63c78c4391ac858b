using System.Buffers.Binary;
using System.Text;

namespace FunctionalNN.Browser.Tests;

/// <summary>Pictures of figures as files.</summary>
public sealed class PngTests(BrowserFixture browser) : IClassFixture<BrowserFixture>
{
    private static readonly Model<float> Model = Material.Run.Take(60).Last().Model;

    private static (int Width, int Height) SizeOf(byte[] file)
    {
        Assert.Equal("PNG", Encoding.ASCII.GetString(file, 1, 3));
        return (BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(20)));
    }

    [BrowserFact]
    public void A_figure_is_saved_in_the_size_asked_for()
    {
        var path = Material.Temporary("regions.png");
        Assert.Equal(path, Figure.DecisionRegions(Model, Material.HeldOut).SavePng(path, 640, 560).OrThrow());
        Assert.Equal((640, 560), SizeOf(File.ReadAllBytes(path)));
        Figure.ProbabilitySurfaces(Model, Material.HeldOut, resolution: 20).SavePng(path, 500, 400, scale: 2, isDark: true).OrThrow();
        Assert.Equal((1000, 800), SizeOf(File.ReadAllBytes(path)));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [BrowserFact]
    public async Task An_animation_is_saved_as_one_file_that_moves()
    {
        var path = Material.Temporary("regions.png");
        var animation = Material.Run.Where(state => state.Epoch % 20 == 1).Take(4)
            .Animate(state => Figure.DecisionRegions(state.Model, Material.Spiral, resolution: 30));
        animation.SaveAnimatedPng(path, 300, 300).OrThrow();

        // The browser's own decoder counts the pictures.
        using var dashboard = new Dashboard(console: BrowserFixture.Silent);
        await using var window = await browser.OpenAsync(dashboard.Link);
        const string Count =
            "async text => { const decoder = new ImageDecoder({ data: Uint8Array.from(atob(text), c => c.charCodeAt(0)), type: "
                + "'image/png' }); await decoder.tracks.ready; await decoder.completed; return decoder.tracks.selectedTrack.frameCount; }";
        Assert.Equal(4, await window.Page.EvaluateAsync<int>(Count, Convert.ToBase64String(await File.ReadAllBytesAsync(path))));
        var chunks = AnimatedPng.Chunks(await File.ReadAllBytesAsync(path)).Select(chunk => chunk.Type).ToArray();
        Assert.Equal(["IHDR", "acTL", "fcTL", "IDAT", "fcTL", "fdAT", "fcTL", "fdAT", "fcTL", "fdAT", "IEND"],
            chunks.Where((type, i) => i == 0 || type != chunks[i - 1]));
    }

    [BrowserFact]
    public void A_place_that_cannot_be_written_is_an_error_that_names_it()
    {
        var folder = Path.GetDirectoryName(Material.Temporary("x"))!;
        Assert.Contains(folder, Figure.WeightHistograms(Model).SavePng(folder, 300, 200).Match(_ => "", error => error.Message),
            StringComparison.Ordinal);
    }
}
