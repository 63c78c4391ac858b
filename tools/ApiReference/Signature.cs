using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalNN.ApiReference;

/// <summary>Declarations in one line of C#.</summary>
internal static class Signature
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        ["op_Addition"] = "+",
        ["op_Subtraction"] = "-",
        ["op_Multiply"] = "*",
        ["op_Division"] = "/",
        ["op_UnaryNegation"] = "-",
        ["op_BitwiseOr"] = "|",
    };

    /// <summary>Kind, name, the parameters of a record, and the base within the library.</summary>
    public static string Of(Type type)
    {
        if (type.IsAssignableTo(typeof(Delegate)))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {Type(invoke.ReturnParameter)} {TypeText.Heading(type)}({Parameters(invoke.GetParameters())})";
        }

        var kind = type switch
        {
            { IsEnum: true } => "enum",
            { IsInterface: true } => "interface",
            { IsValueType: true } =>
                $"{(IsReadOnly(type) ? "readonly " : "")}{(type.IsByRefLike ? "ref " : "")}{(IsRecord(type) ? "record " : "")}struct",
            { IsAbstract: true, IsSealed: true } => "static class",
            _ => $"{(type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")}{(IsRecord(type) ? "record" : "class")}",
        };
        var parameters = Primary(type) is { } primary ? $"({Parameters(primary.GetParameters())})" : "";
        var parent = type.BaseType is { Namespace: "FunctionalNN" } known ? $" : {TypeText.Of(known)}" : "";
        return $"{kind} {TypeText.Heading(type)}{parameters}{parent}";
    }

    /// <summary>A record's constructor of positional parameters, each of which is a property.</summary>
    public static ConstructorInfo? Primary(Type type) => !IsRecord(type) ? null : type.GetConstructors()
        .Where(constructor => constructor.GetParameters() is { Length: > 0 } parameters
            && parameters.All(parameter => parameter.Name is { } name && char.IsUpper(name[0]) && type.GetProperty(name) is not null))
        .MaxBy(constructor => constructor.GetParameters().Length);

    public static string Of(MemberInfo member) => member switch
    {
        ConstructorInfo constructor => $"{TypeText.Plain(constructor.DeclaringType!)}({Parameters(constructor.GetParameters())})",
        PropertyInfo property => Of(property),
        FieldInfo { IsLiteral: true } field =>
            $"const {TypeText.Of(field.FieldType)} {field.Name} = {Literal(field.GetRawConstantValue())}",
        FieldInfo field => $"{(field.IsStatic ? "static " : "")}{TypeText.Of(field.FieldType)} {field.Name}",
        MethodInfo method => Of(method),
        _ => member.Name,
    };

    private static string Of(PropertyInfo property)
    {
        var getter = property.GetMethod!;
        var type = TypeText.Of(property.PropertyType, new NullabilityInfoContext().Create(property));
        var name = property.GetIndexParameters() is { Length: > 0 } index ? $"this[{Parameters(index)}]" : property.Name;
        var set = property.SetMethod is { IsPublic: true } setter
            ? setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        return $"{Modifiers(getter)}{type} {name} {{ get;{set} }}";
    }

    private static string Of(MethodInfo method)
    {
        var parameters = Parameters(method.GetParameters());
        if (method.Name is "op_Implicit" or "op_Explicit")
        {
            return $"{(method.Name == "op_Implicit" ? "implicit" : "explicit")} operator {TypeText.Of(method.ReturnType)}({parameters})";
        }

        if (method.Name.StartsWith("get_", StringComparison.Ordinal))
        {
            return $"{Type(method.ReturnParameter)} {method.Name[4..]} {{ get; }}, of {parameters}";
        }

        var generic = method.IsGenericMethod
            ? $"<{string.Join(", ", method.GetGenericArguments().Select(argument => argument.Name))}>"
            : "";
        var self = method.IsDefined(typeof(ExtensionAttribute)) ? "this " : "";
        var name = Operators.TryGetValue(method.Name, out var symbol) ? $"operator {symbol}" : method.Name;
        return $"{Modifiers(method)}{Type(method.ReturnParameter)} {name}{generic}({self}{parameters})";
    }

    private static string Modifiers(MethodInfo method) =>
        $"{(method.IsFamily || method.IsFamilyOrAssembly ? "protected " : "")}{(method.IsStatic ? "static " : "")}"
        + (method.DeclaringType!.IsInterface ? "" : method.IsAbstract ? "abstract " : method.GetBaseDefinition() != method
            ? "override "
            : method is { IsVirtual: true, IsFinal: false } && !method.DeclaringType!.IsSealed ? "virtual " : "");

    private static string Parameters(ParameterInfo[] parameters) => string.Join(", ", parameters.Select(Parameter));

    private static string Parameter(ParameterInfo parameter)
    {
        var passing = parameter.IsIn && parameter.ParameterType.IsByRef ? "in " : parameter.IsOut ? "out " : parameter.ParameterType.IsByRef
            ? "ref "
            : "";
        var many = parameter.IsDefined(typeof(ParamArrayAttribute)) || parameter.IsDefined(typeof(ParamCollectionAttribute))
            ? "params "
            : "";
        var otherwise = parameter.HasDefaultValue ? $" = {Default(parameter)}" : "";
        return $"{passing}{many}{Type(parameter)} {parameter.Name}{otherwise}";
    }

    private static string Type(ParameterInfo parameter) =>
        TypeText.Of(parameter.ParameterType, parameter.ParameterType.IsByRef ? null : new NullabilityInfoContext().Create(parameter));

    private static string Default(ParameterInfo parameter) => parameter.ParameterType switch
    {
        { IsEnum: true } type => $"{type.Name}.{Enum.GetName(type, parameter.RawDefaultValue!)}",
        { IsValueType: true } when parameter.RawDefaultValue is null => "default",
        _ => Literal(parameter.RawDefaultValue),
    };

    private static string Literal(object? value) => value switch
    {
        null => "null",
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static bool IsRecord(Type type) =>
        type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly) is not null;

    private static bool IsReadOnly(Type type) => type.IsDefined(typeof(IsReadOnlyAttribute));
}
