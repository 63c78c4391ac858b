namespace FunctionalNN.Tests;

/// <summary>Whoever writes parts of their own has <c>using LanguageExt;</c> beside <c>using FunctionalNN;</c>, and meets each name that
/// both have.</summary>
public sealed class NameTests
{
    [Fact]
    public void No_public_name_is_one_of_LanguageExt()
    {
        var theirs = typeof(LanguageExt.Unit).Assembly.GetExportedTypes()
            .Where(type => !type.IsNested && type.Namespace is "LanguageExt" or "LanguageExt.Common")
            .Select(type => type.Name)
            .ToHashSet();
        Type[] packages =
            [typeof(Network), typeof(Laws), typeof(OnnxFile), typeof(Figure), typeof(Dashboard), typeof(DuckTable), typeof(ServedPipeline)];
        var ours = packages.SelectMany(type => type.Assembly.GetExportedTypes()).Where(type => !type.IsNested).Select(type => type.Name);

        Assert.Contains("Schedule", theirs);
        Assert.Empty(ours.Where(theirs.Contains).Order());
    }
}
