using System.Text.Json;

namespace FunctionalNN;

/// <summary>A piece of JSON, with the way to it for messages.</summary>
internal readonly record struct JsonPlace(JsonElement Element, string Path)
{
    public FileFault Fault(string expected) => new(Path, $"found {Found}, expected {expected}");

    public JsonPlace At(string name, JsonElement element) => new(element, $"{Path}.{name}");

    public JsonPlace At(int index, JsonElement element) => new(element, $"{Path}[{index}]");

    private string Found => Element.ValueKind switch
    {
        JsonValueKind.Object => "an object",
        JsonValueKind.Array => "a list",
        JsonValueKind.Undefined => "nothing",
        _ => Element.GetRawText() is { Length: > 60 } text ? text[..60] + "…" : Element.GetRawText(),
    };
}
