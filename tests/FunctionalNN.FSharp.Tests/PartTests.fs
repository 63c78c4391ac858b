module FunctionalNN.FSharp.Tests.PartTests

open FunctionalNN
open Xunit

/// F#'s own functions work on the numbers of a formula.
let softsign = Activation.Of("softsign", fun x -> x / (1.0 + abs x))

let mish = Activation.Of("mish", fun x -> x * tanh (Real.Softplus x))

let quantile =
    Loss.Of("quantile", fun prediction target -> Real.Max(0.7 * (target - prediction), 0.3 * (prediction - target)))

let signum =
    Optimizer.Of(
        "signum",
        0.01,
        fun u ->
            let m = 0.9 * u.First + 0.1 * u.Gradient
            u.WithParameter(u.Parameter - u.Rate * Real.Sign m).WithFirst(m)
    )

let few = LawSettings(Cases = 5)

[<Fact>]
let ``An activation from a function keeps the laws`` () =
    Assert.NotEmpty(Laws.Layer(softsign, few).Laws)
    Assert.NotEmpty(Laws.Layer(mish, few).Laws)

[<Fact>]
let ``A loss from a function keeps the laws`` () =
    Assert.NotEmpty(Laws.Loss(quantile, few).Laws)

[<Fact>]
let ``An optimizer from a function keeps the laws`` () =
    Assert.NotEmpty(Laws.Optimizer(signum, few).Laws)

[<Fact>]
let ``Parts from functions train`` () =
    let data = Generate.Sine(samples = 50)
    let layers = [| Dense 8 :> Layer; softsign; Dense 1 |] |> System.Collections.Immutable.ImmutableArray.Create<Layer>
    let start = Network(1, layers).Initialize(seed = 1).Train(signum, seed = 1)
    let states = start.Epochs(data.Shuffled 10, quantile) |> Seq.take 40 |> Seq.toList
    Assert.True(states[39].Training.Loss < 0.7 * states[0].Training.Loss, string states[39])

[<Fact>]
let ``A formula prints`` () =
    Assert.Equal("x / (1 + |x|)", FormulaText.Of softsign)
