using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A pipeline with its version. A request takes it once and keeps it, so that a new one never comes into the middle of an
/// answer.</summary>
/// <param name="Pipeline">What predicts.</param>
/// <param name="Version">Its content hash.</param>
public sealed record ServedVersion(Pipeline<float> Pipeline, string Version)
{
    /// <summary>The version, and what is predicted.</summary>
    public override string ToString() => $"{Version}: {Pipeline.Target}";
}

/// <summary>The pipeline that is served now, from a file that may be replaced: the one thing of a server that changes.</summary>
/// <example><code>
/// app.MapPipeline(ServedPipeline.Open("customers.safetensors").OrThrow());
/// </code></example>
public sealed class ServedPipeline
{
    private ServedVersion current;

    private ServedPipeline(string path, ServedVersion first) => (Path, current) = (path, first);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What is served now.</summary>
    public ServedVersion Current => Volatile.Read(ref current);

    /// <summary>Reads a pipeline to serve.</summary>
    /// <param name="path">A file that <see cref="Pipeline.Save"/> wrote.</param>
    /// <returns>The pipeline, or an error that names the file, the place and the reason.</returns>
    public static Either<Error, ServedPipeline> Open(string path) => Read(path).Map(version => new ServedPipeline(path, version));

    /// <summary>Reads the file again; requests that have begun end with the version that they began with. Where it cannot be read, or takes
    /// other columns or predicts something else, all stays as it is.</summary>
    /// <returns>What is served from now on, or an error with the reason.</returns>
    public Either<Error, ServedVersion> Reload() => Read(Path).Bind<ServedVersion>(next =>
    {
        var (now, then) = (Clients(Current.Pipeline), Clients(next.Pipeline));
        if (now != then)
        {
            return Error.New($"{Path} is for {then}, and clients know {now}: start a server of its own for it");
        }

        Volatile.Write(ref current, next);
        return next;
    });

    /// <summary>The file, and what is served of it.</summary>
    public override string ToString() => $"{Path}, {Current}";

    /// <summary>What a client must know: the columns, and what comes back.</summary>
    private static string Clients(Pipeline<float> pipeline) =>
        $"the columns {string.Join(", ", pipeline.Encoding.Columns.Select(column => column.Name).Order(StringComparer.Ordinal))} → "
            + $"{pipeline.Target.Name}{(pipeline.Target.Classes.IsEmpty ? "" : $" ({string.Join(", ", pipeline.Target.Classes)})")}";

    private static Either<Error, ServedVersion> Read(string path) =>
        FunctionalNN.Pipeline.Load(path).Map(pipeline => new ServedVersion(pipeline, pipeline.ContentHash()));
}
