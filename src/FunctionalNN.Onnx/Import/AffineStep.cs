namespace FunctionalNN;

/// <summary>y = scale·x + shift with constants, one number for all columns or one a column: what goes into the dense layer before or
/// behind.</summary>
/// <param name="Scale">One number, or one a column.</param>
/// <param name="Shift">One number, or one a column.</param>
internal sealed partial record AffineStep(Numbers Scale, Numbers Shift)
{
    private const double MinScale = 1e-15;
    private const double GreatestScale = 1e15;
    private const int GreatestDiagonal = 4096;

    private static readonly Numbers One = Numbers.Filled(1, 1);
    private static readonly Numbers Zero = Numbers.Filled(1, 0);

    /// <summary>Whether the constants are for channels of images, [channels × 1 × 1].</summary>
    public bool IsOfChannels { get; init; }

    /// <summary>The columns that the constants are for; null where they are single numbers.</summary>
    public int? Width => Scale.Count > 1 ? Scale.Count : Shift.Count > 1 ? Shift.Count : null;

    /// <summary>The step that a node is, and the value that goes in; null where it is none.</summary>
    public static (ImportedLayer Layer, string Input)? Of(GraphIndex graph, NodeMessage node)
    {
        if (node is { Domain: "ai.onnx.ml", Operator: "Scaler", Inputs: [{ Length: > 0 } scaled] })
        {
            var settings = new NodeSettings(node, "offset", "scale");
            var (offset, factor) = (Reals(settings, "offset"), Reals(settings, "scale"));
            var (scale, center) = (factor ?? One, offset ?? Zero);
            var count = Math.Max(scale.Count, center.Count);
            return (Step(node, new AffineStep(scale, new Numbers(count, i => -At(center, i) * At(scale, i)))), scaled);
        }

        if (node is { Domain: "", Operator: "Neg", Inputs: [{ Length: > 0 } negated] } && graph.Constant(negated) is null)
        {
            return (Step(node, new AffineStep(Numbers.Filled(1, -1), Zero)), negated);
        }

        if (node is not { Domain: "", Operator: "Add" or "Sum" or "Sub" or "Mul" or "Div", Inputs: [var left, var right], Attributes: [] })
        {
            return null;
        }

        var (first, second) = (graph.Constant(left), graph.Constant(right));
        if (first is null == second is null || (node.Operator == "Div" && second is null))
        {
            return null;
        }

        var c = Constant(node, first ?? second!);
        var step = (node.Operator, first is not null) switch
        {
            ("Add" or "Sum", _) => new AffineStep(One, c),
            ("Sub", true) => new AffineStep(Numbers.Filled(1, -1), c),
            ("Sub", _) => new AffineStep(One, new Numbers(c.Count, i => -c.At(i))),
            ("Mul", _) => new AffineStep(c, Zero),
            _ => new AffineStep(new Numbers(c.Count, i => 1 / c.At(i)), Zero),
        };
        var shape = (first ?? second!).Shape;
        return (Step(node, step with { IsOfChannels = c.Count > 1 && shape is [.., > 1, 1, 1] }), first is null ? left : right);
    }

    /// <summary>The layers with all steps folded into dense layers beside them; those without one become layers of their own.</summary>
    /// <param name="layers">From the input to the output.</param>
    /// <param name="width">The width at the beginning; null where it is not known.</param>
    public static List<ImportedLayer> Fold(List<ImportedLayer> layers, int? width)
    {
        var folded = new List<ImportedLayer>();
        AffineStep? open = null;
        ImportedLayer? opened = null;
        foreach (var layer in layers)
        {
            var before = folded.FindLastIndex(one => one.Layer is not null);
            if (layer.Step is { } step)
            {
                if (step.IsOfChannels)
                {
                    throw layer.Node.Wrong("scales or shifts channels of images, expected a number or one row of numbers");
                }

                if (open is not null)
                {
                    open = open.Then(opened!.Node, step);
                }
                else if (before >= 0 && folded[before].Layer is Dense)
                {
                    folded[before] = step.Behind(folded[before], layer.Node, folded[before].Outputs!.Value);
                }
                else
                {
                    (open, opened) = (step, layer);
                }

                continue;
            }

            if (layer.Expands && before >= 0 && folded[before] is { Layer: Dense { Outputs: 1 } } narrow)
            {
                folded[before] = narrow with
                {
                    Layer = new Dense(2),
                    Outputs = 2,
                    Parameters =
                        [new Numbers(2 * narrow.Parameters[0].Count, i => i % 2 == 0 ? 0 : narrow.Parameters[0].At(i / 2)),
                            new Numbers(2, i => i == 0 ? 0 : narrow.Parameters[1].At(0))],
                };
                continue;
            }

            if (open is not null && layer.Layer is Dense)
            {
                folded.Add(open.Before(layer, opened!.Node));
                (open, opened) = (null, null);
                continue;
            }

            if (open is not null && layer.Layer is not null)
            {
                folded.Add(open.Alone(opened!.Node, Widths.Through(folded, width), before < 0));
                (open, opened) = (null, null);
            }

            folded.Add(layer);
        }

        if (open is not null)
        {
            folded.Add(open.Alone(opened!.Node, Widths.Through(folded, width), !folded.Exists(layer => layer.Layer is not null)));
        }

        return folded;
    }

    private static ImportedLayer Step(NodeMessage node, AffineStep step) => new(node, null) { Step = step, Inputs = step.Width };

    /// <summary>A number, or a row: whatever its rank, all dimensions but the last few are 1, so that each row of the batch meets the same
    /// numbers.</summary>
    private static Numbers Constant(NodeMessage node, TensorMessage tensor) =>
        tensor.IsExternal ? throw node.Wrong($"the constant \"{tensor.Name}\" lies in another file: save the model as one file")
        : tensor is { IsReadable: true, Count: > 0 }
            && (tensor.Count == 1 || tensor.Shape.Length == 1 || tensor.Shape[0] == 1 || tensor.Shape is [_, 1, 1])
            ? Numbers.Of(tensor)
        : throw node.Wrong(
            $"the constant is {tensor.ShapeText}, expected a number or one row of numbers, the same for every row of the input: export the "
                + "network with samples as rows, and the constant as one row");

    private static double At(Numbers numbers, int i) => numbers.At(numbers.Count == 1 ? 0 : i);

    /// <summary>This step, then another.</summary>
    public AffineStep Then(NodeMessage node, AffineStep next)
    {
        if (Width is { } own && next.Width is { } other && own != other)
        {
            throw node.Wrong($"has {own} columns, and the step behind it {other}");
        }

        var count = Math.Max(Width ?? 1, next.Width ?? 1);
        return new AffineStep(
            new Numbers(Math.Max(Scale.Count, next.Scale.Count), i => At(Scale, i) * At(next.Scale, i)),
            new Numbers(count, i => (At(Shift, i) * At(next.Scale, i)) + At(next.Shift, i)))
        {
            IsOfChannels = IsOfChannels || next.IsOfChannels,
        };
    }

    /// <summary>(x·s + t)·W + b = x·(s·W) + (t·W + b).</summary>
    private ImportedLayer Before(ImportedLayer dense, NodeMessage node)
    {
        Require(node, dense.Inputs!.Value);
        var (inputs, outputs, weights, bias) = (dense.Inputs.Value, dense.Outputs!.Value, dense.Parameters[0], dense.Parameters[1]);
        var sums = new double[outputs];
        for (var i = 0; i < inputs * outputs; i++)
        {
            sums[i % outputs] += At(Shift, i / outputs) * weights.At(i);
        }

        return dense
            with
        {
            Parameters =
                [new Numbers(weights.Count, i => At(Scale, i / outputs) * weights.At(i)),
                    new Numbers(outputs, i => bias.At(i) + sums[i])]
        };
    }

    /// <summary>(x·W + b)·s + t = x·(W·s) + (b·s + t).</summary>
    public ImportedLayer Behind(ImportedLayer dense, NodeMessage node, int outputs)
    {
        Require(node, outputs);
        var (weights, bias) = (dense.Parameters[0], dense.Parameters[1]);
        return dense
            with
        {
            Parameters =
                [new Numbers(weights.Count, i => weights.At(i) * At(Scale, i % outputs)),
                    new Numbers(outputs, i => (bias.At(i) * At(Scale, i)) + At(Shift, i))]
        };
    }

    /// <summary>Where no dense layer is beside it: a normalisation of the inputs, or a dense layer with one weight a column.</summary>
    private ImportedLayer Alone(NodeMessage node, int? columns, bool isFirst)
    {
        var width = Width ?? columns
            ?? throw node.Wrong(
                "scales or shifts columns, and nothing tells how many there are: give the input a shape when the model is exported");
        Require(node, columns ?? width);
        if (isFirst && Enumerable.Range(0, width).All(i => At(Scale, i) is >= MinScale and <= GreatestScale))
        {
            return new ImportedLayer(node, new Normalization())
            {
                Inputs = width,
                Statistics =
                    [new Numbers(width, i => -At(Shift, i) / At(Scale, i)), new Numbers(width, i => 1 / (At(Scale, i) * At(Scale, i)))],
            };
        }

        return width <= GreatestDiagonal
            ? new ImportedLayer(node, new Dense(width))
            {
                Inputs = width,
                Outputs = width,
                Parameters =
                    [new Numbers(width * width, i => i / width == i % width ? At(Scale, i % width) : 0),
                        new Numbers(width, i => At(Shift, i))],
            }
            : throw node.Wrong(
                $"scales or shifts {width} columns with no dense layer beside it, expected {GreatestDiagonal} at most: put it into the "
                    + $"layer before when the model is exported");
    }

    private void Require(NodeMessage node, int width)
    {
        if (Width is { } own && own != width)
        {
            throw node.Wrong($"takes {own} columns, but {width} come in");
        }

        for (var i = 0; i < Math.Max(Scale.Count, Shift.Count); i++)
        {
            if (!double.IsFinite(At(Scale, i)) || !double.IsFinite(At(Shift, i)))
            {
                throw node.Wrong(
                    $"gives {At(Scale, i)}·x + {At(Shift, i)} in column {i + 1}, expected finite numbers: look for a 0 that is "
                        + $"divided by");
            }
        }
    }
}
