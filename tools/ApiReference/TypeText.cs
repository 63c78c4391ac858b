using System.Reflection;

namespace FunctionalNN.ApiReference;

/// <summary>Types as C# writes them.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(string)] = "string",
        [typeof(object)] = "object",
        [typeof(char)] = "char",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(nint)] = "nint",
    };

    /// <summary>With its type arguments and, where known, its question marks.</summary>
    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        var mark = nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType ? "?" : "";
        return type switch
        {
            { IsByRef: true } => Of(type.GetElementType()!, nullability),
            { IsArray: true } =>
                $"{Of(type.GetElementType()!, nullability?.ElementType)}[{new string(',', type.GetArrayRank() - 1)}]{mark}",
            { IsGenericParameter: true } => type.Name + mark,
            _ when Nullable.GetUnderlyingType(type) is { } value => $"{Of(value)}?",
            _ when Keywords.TryGetValue(type, out var keyword) => keyword + mark,
            { IsGenericType: true }
                when type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true
                    || type.Name.StartsWith("ValueTuple`", StringComparison.Ordinal) =>
                $"({string.Join(", ", Arguments(type, nullability))})",
            _ => Name(type, Arguments(type, nullability)) + mark,
        };
    }

    /// <summary>A type's name for a heading: with its type parameters, and after that of the type around it.</summary>
    public static string Heading(Type type) => Name(type, [.. type.GetGenericArguments().Select(argument => argument.Name)]);

    /// <summary>Without type parameters.</summary>
    public static string Plain(Type type) => type.Name.Split('`')[0];

    private static string[] Arguments(Type type, NullabilityInfo? nullability) =>
        [.. type.GetGenericArguments().Select((argument, i) => Of(argument, nullability?.GenericTypeArguments.ElementAtOrDefault(i)))];

    private static string Name(Type type, string[] arguments)
    {
        // The arguments of a nested type begin with those of the type around it.
        var outer = type.DeclaringType is { } declaring && !type.IsGenericParameter ? declaring : null;
        var taken = outer?.GetGenericArguments().Length ?? 0;
        var own = arguments[Math.Min(taken, arguments.Length)..];
        var name = own.Length == 0 ? Plain(type) : $"{Plain(type)}<{string.Join(", ", own)}>";
        return outer is null ? name : $"{Name(outer, arguments[..Math.Min(taken, arguments.Length)])}.{name}";
    }
}
