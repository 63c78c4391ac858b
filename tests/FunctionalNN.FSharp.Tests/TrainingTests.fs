module FunctionalNN.FSharp.Tests.TrainingTests

open System
open System.Collections.Immutable
open System.IO
open FunctionalNN
open Xunit

let spiral = Generate.Spiral(samples = 30, classes = 3, seed = 0)
let loss = CategoricalCrossEntropy()

let network =
    Network(2, [| Dense(16, WeightPenalty = Penalty.L2 5e-4) :> Layer; Relu(); Dense 3; Softmax() |].ToImmutableArray())

let start () = network.Initialize(seed = 7).Train(Adam(0.02, Decay = 5e-7), seed = 1)

[<Fact>]
let ``A run is a fold over batches`` () =
    let state = start ()
    let batches = spiral.Shuffled(16).Epoch(state.Key, epoch = 0)
    let folded = batches |> Seq.fold (fun (s: TrainingState<float32>) batch -> s.Step(batch, loss)) state
    Assert.Equal(state.Run(batches, loss).Model, folded.Model)

[<Fact>]
let ``Epochs unfold from states`` () =
    let batches = spiral.Shuffled 16

    let next (state: TrainingState<float32>) =
        let after = state.Run(batches.Epoch(state.Key, state.Epoch), loss).EndEpoch()
        Some(after, after)

    let unfolded = start () |> Seq.unfold next |> Seq.take 5 |> Seq.last
    let states = start().Epochs(batches, loss) |> Seq.take 5 |> Seq.last
    Assert.Equal(states, unfolded)

[<Fact>]
let ``A run forks with With methods`` () =
    let middle = start().Epochs(spiral.Shuffled 16, loss) |> Seq.item 2
    let fork = middle.WithOptimizer(Sgd 0.1).Epochs(spiral.Shuffled 16, loss) |> Seq.item 1
    let slower = middle.WithLearningRate 0.001
    Assert.Equal(5, fork.Epoch)
    Assert.Equal(0.001, slower.Optimizer.LearningRate.At 0L)
    Assert.Equal<Network>(network, network.WithLayers(network.Layers))

[<Fact>]
let ``What a state may lack is asked for with TryGet`` () =
    let states = start().Epochs(spiral.Shuffled 16, loss).Validate(spiral) |> Seq.take 2 |> Seq.toList

    match states[1].Validation.TryGet() with
    | true, metrics -> Assert.True(metrics.Loss > 0.0)
    | _ -> failwith "the state was validated"

    match states[1].Divergence.TryGet() with
    | true, divergence -> failwith $"diverged: {divergence}"
    | _ -> ()

[<Fact>]
let ``A file that is missing is a message`` () =
    let path = Path.Combine(Path.GetTempPath(), "functionalnn-fsharp-missing.safetensors")

    match Model.Load<float32>(path).TryGet() with
    | true, _, _ -> failwith "there is no such file"
    | _, _, message -> Assert.Contains("functionalnn-fsharp-missing", message)

[<Fact>]
let ``Matrices have operators and sums`` () =
    let x = Matrix.Of(array2D [ [ 1.0; 2.0 ]; [ 3.0; 4.0 ] ])
    let w = Matrix.Of(array2D [ [ 0.5; -1.0 ]; [ 0.25; 2.0 ] ])
    let b = Matrix.Of(array2D [ [ 10.0; 20.0 ] ])
    let y = x.Multiply w + b
    Assert.Equal<double list>([ 11.0; 23.0; 12.5; 25.0 ], List.ofArray (y.Values.ToArray()))
    Assert.Equal<double list>([ 23.5; 48.0 ], List.ofArray (y.ColumnSums().Values.ToArray()))
    Assert.Equal(2.0 * y, y + y)
