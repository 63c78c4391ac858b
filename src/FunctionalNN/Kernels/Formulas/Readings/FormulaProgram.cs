using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace FunctionalNN;

/// <summary>
/// A <see cref="FormulaGraph"/> made ready to be computed: the result of each step goes to a register, which is free again after its last
/// use. Registers are vectors, so the instructions are looked at once for a vector and not for each number.
/// </summary>
internal sealed class FormulaProgram
{
    /// <summary>How many results may be needed at one time.</summary>
    public const int MaxRegisters = 64;

    private readonly Instruction[] instructions;
    private readonly Setting[] constants;
    private readonly int result;

    private FormulaProgram(Instruction[] instructions, Setting[] constants, int result) =>
        (this.instructions, this.constants, this.result) = (instructions, constants, result);

    /// <exception cref="ArgumentException">More results are needed at one time than there are registers.</exception>
    public static FormulaProgram Of(ImmutableArray<FormulaStep> steps)
    {
        var (instructions, constants) = (new List<Instruction>(), new List<Setting>());
        var variables = Math.Max(2, 1 + steps.Max(step => step.Operation == FormulaOperation.Variable ? (int)step.Number : 0));
        var (places, last) = (new int[steps.Length], LastUses(steps));
        var free = new Stack<int>(Enumerable.Range(variables, MaxRegisters - variables).Reverse());
        for (var i = 0; i < steps.Length; i++)
        {
            var step = steps[i];
            if (step.Operation == FormulaOperation.Variable)
            {
                places[i] = (int)step.Number;
            }
            else if (step.Operation == FormulaOperation.Constant)
            {
                places[i] = ~constants.Count;
                constants.Add(step.Number);
            }
            else
            {
                int At(int operand) => operand < step.Operation.Operands ? places[step[operand]] : 0;
                var (a, b, c, d) = (At(0), At(1), At(2), At(3));
                for (var operand = 0; operand < step.Operation.Operands; operand++)
                {
                    if (last[step[operand]] == i && places[step[operand]] >= variables)
                    {
                        free.Push(places[step[operand]]);
                        last[step[operand]] = -1;
                    }
                }

                places[i] = free.TryPop(out var register)
                    ? register
                    : throw new ArgumentException(
                        $"the formula needs more than {MaxRegisters - variables} results at one time: make it of smaller parts, such as "
                            + $"the functions of IReal");
                instructions.Add(new Instruction(step.Operation, places[i], a, b, c, d,
                    step.Operation == FormulaOperation.PowerOfTwo ? (int)step.Number : 0));
            }
        }

        return new FormulaProgram([.. instructions], [.. constants], places[^1]);
    }

    /// <summary>The result for variables x and y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Run<S>(S x, S y)
        where S : struct, IReal<S>
    {
        Unsafe.SkipInit(out Registers<S> registers);
        registers[0] = x;
        registers[1] = y;
        return Run(ref registers);
    }

    /// <summary>The result for all variables.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public S Run<S>(in FormulaVariables<S> variables)
        where S : struct, IReal<S>
    {
        Unsafe.SkipInit(out Registers<S> registers);
        for (var i = 0; i < FormulaVariables<S>.Count; i++)
        {
            registers[i] = variables[i];
        }

        return Run(ref registers);
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private S Run<S>(ref Registers<S> registers)
        where S : struct, IReal<S>
    {
        foreach (ref readonly var i in instructions.AsSpan())
        {
            var a = At(registers, i.A);
            registers[i.Target] = i.Operation switch
            {
                FormulaOperation.Add => a + At(registers, i.B),
                FormulaOperation.Subtract => a - At(registers, i.B),
                FormulaOperation.Multiply => a * At(registers, i.B),
                FormulaOperation.Divide => a / At(registers, i.B),
                FormulaOperation.Negate => -a,
                FormulaOperation.MultiplyAdd => S.MultiplyAdd(a, At(registers, i.B), At(registers, i.C)),
                FormulaOperation.Abs => S.Abs(a),
                FormulaOperation.Max => S.Max(a, At(registers, i.B)),
                FormulaOperation.Min => S.Min(a, At(registers, i.B)),
                FormulaOperation.IfLess => S.IfLess(a, At(registers, i.B), At(registers, i.C), At(registers, i.D)),
                FormulaOperation.IfLessOrEqual => S.IfLessOrEqual(a, At(registers, i.B), At(registers, i.C), At(registers, i.D)),
                FormulaOperation.IfEqual => S.IfEqual(a, At(registers, i.B), At(registers, i.C), At(registers, i.D)),
                FormulaOperation.PowerOfTwo => S.PowerOfTwo(a, i.Offset),
                _ => Function(i.Operation, new Called<S>(a)).Value,
            };
        }

        return At(registers, result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private S At<S>(in Registers<S> registers, int place)
        where S : struct, IReal<S> => place >= 0 ? registers[place] : constants[~place];

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static S Function<S>(FormulaOperation operation, S x)
        where S : struct, IReal<S> => operation switch
        {
            FormulaOperation.Sqrt => S.Sqrt(x),
            FormulaOperation.Exponent => S.Exponent(x),
            FormulaOperation.Mantissa => S.Mantissa(x),
            FormulaOperation.Sign => S.Sign(x),
            FormulaOperation.Exp => S.Exp(x),
            FormulaOperation.Log => S.Log(x),
            FormulaOperation.Sigmoid => S.Sigmoid(x),
            FormulaOperation.ExpMinusOne => S.ExpMinusOne(x),
            FormulaOperation.LogOnePlus => S.LogOnePlus(x),
            FormulaOperation.Tanh => S.Tanh(x),
            FormulaOperation.Softplus => S.Softplus(x),
            FormulaOperation.LogCosh => S.LogCosh(x),
            FormulaOperation.NormalCumulative => S.NormalCumulative(x),
            FormulaOperation.NormalDensity => S.NormalDensity(x),
            _ => throw new InvalidOperationException($"{operation} is no function"),
        };

    /// <summary>The last step that takes the result of each.</summary>
    private static int[] LastUses(ImmutableArray<FormulaStep> steps)
    {
        var last = new int[steps.Length];
        for (var i = 0; i < steps.Length; i++)
        {
            for (var operand = 0; operand < steps[i].Operation.Operands; operand++)
            {
                last[steps[i][operand]] = i;
            }
        }

        last[^1] = steps.Length;
        return last;
    }

    /// <summary>A step whose operands are registers, or constants where they are below 0.</summary>
    private readonly record struct Instruction(FormulaOperation Operation, int Target, int A, int B, int C, int D, int Offset);

    [InlineArray(MaxRegisters)]
    private struct Registers<S>
        where S : struct
    {
        private S first;
    }
}

/// <summary>The values of all variables of a formula, in the order of <see cref="FormulaNode.Names"/>.</summary>
[InlineArray(Count)]
internal struct FormulaVariables<S>
    where S : struct
{
    public const int Count = 7;

    private S first;
}
