using System.Collections;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace FunctionalNN.Tests;

/// <summary>Every public type prints something worth reading in a session: never its bare name, nor that of a collection inside
/// it.</summary>
public sealed class PrintingTests
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Types => [.. Assemblies.SelectMany(assembly => assembly.GetExportedTypes()).Where(IsShown)];

    private static Assembly[] Assemblies =>
        [typeof(Network).Assembly, typeof(TrainingProgress).Assembly, typeof(OnnxOptions).Assembly, typeof(Laws).Assembly];

    [Theory]
    [MemberData(nameof(Types))]
    public void A_type_prints_more_than_its_name(Type type)
    {
        var declaring = type.GetMethod(nameof(ToString), Type.EmptyTypes)!.DeclaringType!;
        Assert.True(declaring.Namespace != "System", $"{type} prints its bare name: override ToString");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_record_does_not_print_the_name_of_a_collections_type(Type type)
    {
        if (type.GetMethod(nameof(ToString), Own, [])?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) == true
            && type.GetMethod("PrintMembers", Own)?.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) == true)
        {
            var silent = type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => PrintsItsTypesName(property.PropertyType));
            Assert.True(!silent.Any(),
                $"{type} prints {string.Join(", ", silent.Select(property => property.Name))} as the name of a type: override ToString or "
                    + $"PrintMembers");
        }
    }

    [Fact]
    public void Layers_losses_and_batches_print_their_settings()
    {
        Assert.Equal("Dropout { Rate = 0.5 }", new Dropout(0.5).ToString());
        Assert.Equal("Relu { Name = first }", new Relu { Name = "first" }.ToString());
        Assert.Equal("Huber { Delta = 0.7 }", new Huber(0.7).ToString());
        Assert.Equal("Residual { Name = around, Layers = [Tanh { }] }", new Residual(new Tanh()) { Name = "around" }.ToString());
        var data = Generate.Moons(samples: 10, noise: 0.1, seed: 0);
        var epoch = data.Shuffled(8).Epoch(default, 0);
        Assert.Equal("3 batches of 8 from 20 rows, shuffled", epoch.ToString());
        Assert.Equal("8 rows of 2 inputs, 8 labels of 2 classes", epoch[0].ToString());
        Assert.Equal("2 rows of 3 bytes, each 0.00392157·byte + 0", new ByteRows<float>(new byte[6], 3).ToString());
        Assert.Equal("\"Swish\" for Relu", Term.Layer("Swish", new Relu()).ToString());
    }

    /// <summary>Values that a session can hold. A ref struct is none.</summary>
    /// <summary>The struct of a formula is a type for the compiler: what a session holds is the record around it.</summary>
    private static bool IsShown(Type type) =>
        !(type.IsNested && type.Name == "Rule") && !type.IsEnum && !type.IsAbstract && !type.IsByRefLike
            && !type.IsAssignableTo(typeof(Delegate)) && !type.IsAssignableTo(typeof(Exception)) && !type.Name.StartsWith('<');

    private static bool PrintsItsTypesName(Type type) =>
        type.IsAssignableTo(typeof(Delegate))
        || (type != typeof(string) && type.IsAssignableTo(typeof(IEnumerable)) && type.Assembly == typeof(object).Assembly)
        || (type.IsGenericType && type.Namespace == "System.Collections.Immutable");
}
