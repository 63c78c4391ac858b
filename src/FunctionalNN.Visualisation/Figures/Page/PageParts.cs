using System.Net;
using System.Text;

namespace FunctionalNN;

/// <summary>What every page has: the head with Plotly, styles and the theme, and the script that draws all figures on it.</summary>
internal static class PageParts
{
    /// <summary>The styles, for light and dark.</summary>
    public static string Style => Resource("figures.css");

    /// <summary>Draws figures: <c>figures.draw(element, figure)</c>.</summary>
    public static string Script => Resource("figures.js");

    public static void Begin(Stream stream, string title)
    {
        Text(stream, $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>{WebUtility.HtmlEncode(title)}</title>
            <link rel="icon" href="data:,">
            <style>
            {Style}</style>

            """);
        Plotly.WriteElement(stream);
        Text(stream, "\n</head>\n<body>\n");
    }

    public static void End(Stream stream) => Text(stream, $"<script>\n{Script}\nfigures.drawAll();\n</script>\n</body>\n</html>\n");

    public static void Text(Stream stream, string text) => stream.Write(Encoding.UTF8.GetBytes(text));

    private static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(PageParts).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
