using System.IO.Compression;
using System.Text;

namespace FunctionalNN;

/// <summary>All that the server has to give beside what changes: parts of its assemblies, no files.</summary>
internal static class PageFiles
{
    private static readonly Lazy<byte[]> Script = new(() =>
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            Plotly.CopyTo(gzip);
        }

        return packed.ToArray();
    });

    /// <summary>A file's type and bytes, or null where there is none of that name.</summary>
    public static (string Type, byte[] Bytes, bool IsPacked)? Find(string name) => name switch
    {
        "" => ("text/html; charset=utf-8",
            Encoding.UTF8.GetBytes(Resource("dashboard.html").Replace("<!--plotly-->", PlotlyElement, StringComparison.Ordinal)), false),
        "dashboard.css" => ("text/css; charset=utf-8", Encoding.UTF8.GetBytes(FigurePage.Style + Resource("dashboard.css")), false),
        "figures.js" =>
            ("text/javascript; charset=utf-8",
                Encoding.UTF8.GetBytes(FigurePage.Script.Replace("const figures =", "globalThis.figures =", StringComparison.Ordinal)),
                false),
        "dashboard.js" => ("text/javascript; charset=utf-8", Encoding.UTF8.GetBytes(Resource("dashboard.js")), false),
        "plotly.js" when Plotly.IsEmbedded => ("text/javascript; charset=utf-8", Script.Value, true),
        _ => null,
    };

    /// <summary>
    /// What the page may load and do: its own scripts (and Plotly, where that is not embedded), its own events, and nothing else. Plotly
    /// sets styles on what it draws, hence 'unsafe-inline' for styles; pictures are made in the page, hence data: and blob:.
    /// </summary>
    public static string Policy { get; } =
        $"default-src 'none'; script-src 'self'{(Plotly.IsEmbedded ? "" : $" {Plotly.Address}")}; style-src 'self' 'unsafe-inline'; "
            + $"img-src data: blob:; connect-src 'self'; "
        + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string PlotlyElement => Plotly.IsEmbedded
        ? "<script src=\"plotly.js\"></script>"
        : $"<script src=\"{Plotly.Address}\" integrity=\"{Plotly.Integrity}\" crossorigin=\"anonymous\"></script>";

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(PageFiles).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
