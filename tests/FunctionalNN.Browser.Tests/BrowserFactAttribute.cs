namespace FunctionalNN.Browser.Tests;

/// <summary>A test in a real browser, skipped with a word on what to install where there is none.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class BrowserFactAttribute : FactAttribute
{
    public BrowserFactAttribute()
    {
        if (Chromium.Find() is null)
        {
            Skip = $"needs a browser: install Chromium (Debian: apt-get install chromium), or name its program in {Chromium.Variable}";
        }
        else if (!Plotly.IsEmbedded)
        {
            Skip = "needs Plotly within the pages: build where npm can fetch it";
        }
    }
}
