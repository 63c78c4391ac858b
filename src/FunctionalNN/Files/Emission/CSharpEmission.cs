using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>A trained network as C# source: one file without any dependency.</summary>
public static partial class CSharpEmission
{
    /// <summary>Members of every emitted class, and types that it uses.</summary>
    private static readonly string[] Taken =
        ["Predict", "Inputs", "Outputs", "Span", "ReadOnlySpan", "Vector", "ArrayPool", "BitConverter", "ArgumentException", "Math"];

    /// <summary>
    /// A static class with <c>Predict(ReadOnlySpan&lt;T&gt; input, Span&lt;T&gt; output)</c>, which allocates nothing and gives, bit for
    /// bit, what <see cref="Model{T}.Predict(ReadOnlySpan{T}, Span{T}, Parallelism?)"/> gives (NaN where that gives NaN). The numbers stand
    /// in the source with as many digits as they need; dropout and noise, which do nothing in prediction, are left out.
    /// </summary>
    /// <param name="model">The network and its numbers.</param>
    /// <param name="className">The name of the class: a letter, then letters and digits.</param>
    /// <param name="namespaceName">Its namespace, or none.</param>
    /// <returns>The source, or all errors: layers of your own that are not one formula, and names that no class can
    /// have.</returns>
    /// <remarks>A number takes about 15 bytes of source: 1.5 MB for a network 784-128-10.</remarks>
    public static Validation<Error, string> EmitCSharp<T>(this Model<T> model, string className, string? namespaceName = null)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        var body = new EmittedBody<T>(model);
        body.Run();
        var mistakes = body.Mistakes;
        var members = body.Functions.Concat(body.Tables.Select(table => table.Name)).Concat(Taken);
        if (!Name().IsMatch(className) || members.Contains(className))
        {
            mistakes.Add(
                $"'{className}' cannot be the name of the class{(members.Contains(className) ? ", as something in it has it" : "")}: give "
                    + $"a letter, then letters and digits, such as Digits");
        }

        if (namespaceName is not null && !namespaceName.Split('.').All(part => Name().IsMatch(part)))
        {
            mistakes.Add(
                $"'{namespaceName}' cannot be the namespace: give words of letters and digits with dots between them, such as "
                    + $"MyApp.Models");
        }

        return mistakes.Count == 0
            ? Validation<Error, string>.Success(EmittedSource.Of(model, body, className, namespaceName))
            : Validation<Error, string>.Fail(LanguageExt.Seq.createRange(mistakes.Select(Error.New)));
    }

    /// <summary>Writes what <see cref="EmitCSharp{T}"/> gives to a file. It appears whole or not at all; one that is there already is
    /// replaced.</summary>
    /// <returns>Nothing, or the first thing that stands against it.</returns>
    public static Either<Error, Unit> SaveCSharp<T>(this Model<T> model, string path, string className, string? namespaceName = null)
        where T : unmanaged, IFloatingPointIeee754<T> =>
        model.EmitCSharp(className, namespaceName).Match(
            Succ: source => FileErrors.Writing(path, stream => stream.Write(new UTF8Encoding().GetBytes(source))),
            Fail: errors => Error.New(string.Join(Environment.NewLine, errors.Map(error => error.Message))));

    [GeneratedRegex(@"^[A-Za-z_][A-Za-z0-9_]*\z")]
    private static partial Regex Name();
}
