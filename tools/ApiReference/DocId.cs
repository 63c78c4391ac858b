using System.Reflection;

namespace FunctionalNN.ApiReference;

/// <summary>The names under which the compiler writes doc comments (C# specification, annex D.4.2).</summary>
internal static class DocId
{
    public static string Of(Type type) => $"T:{FullName(type)}";

    public static string Of(MemberInfo member) => member switch
    {
        PropertyInfo property => $"P:{Place(property)}{Parameters(property.GetIndexParameters())}",
        ConstructorInfo constructor => $"M:{FullName(constructor.DeclaringType!)}.#ctor{Parameters(constructor.GetParameters())}",
        MethodInfo method =>
            $"M:{Place(method)}{(method.IsGenericMethod ? $"``{method.GetGenericArguments().Length}" : "")}"
                + $"{Parameters(method.GetParameters())}{Conversion(method)}",
        FieldInfo field => $"F:{Place(field)}",
        EventInfo change => $"E:{Place(change)}",
        _ => throw new ArgumentException($"a {member.MemberType} has no doc comment"),
    };

    private static string Place(MemberInfo member) => $"{FullName(member.DeclaringType!)}.{member.Name.Replace('.', '#')}";

    private static string Conversion(MethodInfo method) =>
        method.Name is "op_Implicit" or "op_Explicit" ? $"~{Reference(method.ReturnType)}" : "";

    private static string Parameters(ParameterInfo[] parameters) =>
        parameters.Length == 0 ? "" : $"({string.Join(",", parameters.Select(parameter => Reference(parameter.ParameterType)))})";

    private static string FullName(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private static string Reference(Type type) => type switch
    {
        { IsByRef: true } => $"{Reference(type.GetElementType()!)}@",
        { IsPointer: true } => $"{Reference(type.GetElementType()!)}*",
        { IsArray: true }
            when type.GetArrayRank() is > 1 and var rank =>
                $"{Reference(type.GetElementType()!)}[{string.Join(",", Enumerable.Repeat("0:", rank))}]",
        { IsArray: true } => $"{Reference(type.GetElementType()!)}[]",
        { IsGenericMethodParameter: true } => $"``{type.GenericParameterPosition}",
        { IsGenericParameter: true } => $"`{type.GenericParameterPosition}",
        { IsGenericType: true } => Generic(type),
        _ => type.FullName!.Replace('+', '.'),
    };

    private static string Generic(Type type)
    {
        var definition = type.GetGenericTypeDefinition().FullName!.Replace('+', '.');
        var arguments = type.GetGenericArguments();
        var (text, used) = ("", 0);
        foreach (var part in definition.Split('.'))
        {
            var tick = part.IndexOf('`', StringComparison.Ordinal);
            var count = tick < 0 ? 0 : int.Parse(part[(tick + 1)..], System.Globalization.CultureInfo.InvariantCulture);
            text += (text.Length == 0 ? "" : ".")
                + (tick < 0 ? part : $"{part[..tick]}{{{string.Join(",", arguments.Skip(used).Take(count).Select(Reference))}}}");
            used += count;
        }

        return text;
    }
}
