namespace FunctionalNN.Tests;

/// <summary>Where pages are opened.</summary>
public class DesktopTests
{
    [Theory]
    [InlineData("", true, false, null)]
    [InlineData("DISPLAY=:0", true, false, "xdg-open")]
    [InlineData("WAYLAND_DISPLAY=wayland-0", true, false, "xdg-open")]
    [InlineData("DISPLAY=:0 CI=true", true, false, null)]
    [InlineData("DISPLAY=:0 FUNCTIONALNN_BROWSER=none", true, false, null)]
    [InlineData("CI=true FUNCTIONALNN_BROWSER=firefox", true, false, "firefox")]
    [InlineData("", false, true, "open")]
    [InlineData("", false, false, "")]
    public void The_program_follows_from_the_system(string variables, bool isLinux, bool isMac, string? program)
    {
        var set = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(program, Desktop.Program(name => set.GetValueOrDefault(name), isLinux, isMac));
    }

    [Fact]
    public void A_figure_as_HTML_is_a_frame_of_its_own()
    {
        var html = Figure.WeightHistograms(new Network(2, [new Dense(3)]).Initialize(1)).ToHtml(height: 300);
        Assert.StartsWith("<iframe title=", html, StringComparison.Ordinal);
        Assert.Contains("height: 300px", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.Contains("&lt;script", html, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => Figure.WeightHistograms(new Network(2, [new Dense(3)]).Initialize(1)).ToHtml(0));
    }
}
