using System.Formats.Tar;
using System.IO.Compression;

namespace FunctionalNN;

/// <summary>The drawing library, Plotly.js (MIT licence): embedded when the library was built where npm could fetch it, else on a public
/// server.</summary>
public static class Plotly
{
    /// <summary>The version that figures are made for.</summary>
    public const string Version = "4.1.2";

    /// <summary>Where pages take it from when it is not embedded.</summary>
    public const string Address = $"https://cdn.jsdelivr.net/npm/plotly.js-dist-min@{Version}/plotly.min.js";

    /// <summary>SHA-384 of the script: a browser refuses any other.</summary>
    public const string Integrity = "sha384-hHv6D3tTUUBpp4tVv6t2Dc3oGuRhphmWOTKUR8jWyN0Pnon1g3iebKCNDNmKmxo8";

    private const string Package = "plotly.tgz";

    /// <summary>Whether pages have it within themselves and need no network.</summary>
    public static bool IsEmbedded => typeof(Plotly).Assembly.GetManifestResourceInfo(Package) is not null;

    /// <summary>Copies the script to a stream.</summary>
    /// <exception cref="InvalidOperationException">It is not embedded.</exception>
    public static void CopyTo(Stream destination)
    {
        using var package = typeof(Plotly).Assembly.GetManifestResourceStream(Package)
            ?? throw new InvalidOperationException("Plotly is not embedded: the library was built without npm");
        using var files = new TarReader(new GZipStream(package, CompressionMode.Decompress));
        while (files.GetNextEntry() is { } file)
        {
            if (file.Name == "package/plotly.min.js")
            {
                file.DataStream!.CopyTo(destination);
                return;
            }
        }
    }

    /// <summary>The script element for a page's head.</summary>
    internal static void WriteElement(Stream page)
    {
        if (!IsEmbedded)
        {
            PageParts.Text(page, $"<script src=\"{Address}\" integrity=\"{Integrity}\" crossorigin=\"anonymous\"></script>");
            return;
        }

        PageParts.Text(page, "<script>");
        CopyTo(page);
        PageParts.Text(page, "</script>");
    }
}
