// Training is a fold, in F#: dotnet fsi moons.fsx
// Before the packages are published: dotnet pack -o feed in the root, and add #i "nuget: <path of feed>" above the next line.
#r "nuget: FunctionalNN, 0.1.0"

open System.Collections.Immutable
open FunctionalNN

let moons = Generate.Moons(samples = 300, noise = 0.2, seed = 0)
let struct (training, heldOut) = moons.Split(testFraction = 0.2, seed = 1)
let loss = CategoricalCrossEntropy()

// An activation from a function: its derivative, vectors, files and C# come with it.
let softsign = Activation.Of("softsign", fun x -> x / (1.0 + abs x))

let network =
    Network(2, ImmutableArray.Create<Layer>(Dense(16, WeightPenalty = Penalty.L2 5e-4), softsign, Dense 2, Softmax()))

let start = network.Initialize(seed = 7).Train(Adam 0.02, seed = 7)

// An epoch is a fold over batches; a run unfolds from its first state.
let epoch (state: TrainingState<float32>) =
    training.Shuffled(32).Epoch(state.Key, state.Epoch)
    |> Seq.fold (fun (s: TrainingState<float32>) batch -> s.Step(batch, loss)) state
    |> fun s -> s.EndEpoch()

let states = start |> Seq.unfold (fun s -> let next = epoch s in Some(next, next))
let middle = states |> Seq.item 19
printfn $"{middle}"

// The library's own loop gives the same bits, faster.
let same = start.Epochs(training.Shuffled 32, loss) |> Seq.item 19
printfn $"equal to Epochs: {same = middle}"

// Fork the run: the rest at another rate, and the best state of it.
let best =
    middle.WithLearningRate(0.005).Epochs(training.Shuffled 32, loss).Validate(heldOut).StopEarly(patience = 30).Take(100)
    |> Seq.last

printfn $"{best}"

match best.Validation.TryGet() with
| true, metrics -> printfn $"held out: {metrics.Accuracy:F3}"
| _ -> ()
