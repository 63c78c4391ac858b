// A search on several silos, with the same bits as on one machine.
//   dotnet run -c Release --project examples/distributed                              two silos within this process
//   dotnet run -c Release --project examples/distributed -- --processes 3 --kill 2    workers as processes, two of them killed
using System.Diagnostics;
using FunctionalNN;

var (data, heldOut) = Generate.Spiral(samples: 100, classes: 3, seed: 0).Split(0.25, seed: 1);
var loss = new CategoricalCrossEntropy();

// The same on all machines: a function with a name.
var job = Jobs.Training("spiral/1",
    ((double Rate, int Width) settings) =>
        new Network(2, [new Dense(settings.Width), new Relu(), new Dropout(0.1), new Dense(3), new Softmax()])
            .Initialize(seed: 1).Train(new Adam(settings.Rate), seed: 2),
    (settings, state) => state.Epochs(data.Shuffled(32), loss, Parallelism.None).Validate(heldOut, Parallelism.None),
    data: [data.ContentHash, heldOut.ContentHash]);

if (args is ["--worker", var port])
{
    await using var joined = await Cluster.Join(int.Parse(port), new ClusterSettings { Slots = 1, Jobs = [job] });
    Console.WriteLine("ready");
    Console.WriteLine(await joined.Ended);
    return;
}

var plan = job.Plan(Search.Draw(18, seed: 1, draw => (draw.LogUniform("rate", 1e-4, 0.1), draw.Of("width", 8, 32, 64))), epochs: 90,
    new Halving(10, 3));
var processes = Option("--processes");
var found = processes == 0 ? await Within() : await Across(processes, Option("--kill"));
Console.WriteLine(found);
Console.WriteLine($"equal to one machine: {(found.Equals(plan.Run()) ? "yes" : "no")}");

async Task<Comparison<(double, int), float>> Within()
{
    await using var cluster = await Cluster.Local(silos: 2, new ClusterSettings { Slots = 1 });
    return await plan.On(cluster);
}

async Task<Comparison<(double, int), float>> Across(int count, int kills)
{
    await using var cluster = await Cluster.Lead(settings: new ClusterSettings { Slots = 0, MostDeaths = int.MaxValue });
    var workers = await Task.WhenAll(Enumerable.Range(0, count).Select(_ => StartWorker(cluster.Port)));
    var victims = Enumerable.Range(0, Math.Min(kills, count - 1)).ToList();
    try
    {
        return await plan.On(cluster, new Told(progress =>
        {
            Console.WriteLine(progress);
            if (victims.Count > 0 && progress.Done > 1)
            {
                // As kill -9 does it: the process tells nobody.
                Console.WriteLine($"worker {victims[0] + 1} is killed");
                workers[victims[0]].Kill();
                victims.RemoveAt(0);
            }
        }));
    }
    finally
    {
        foreach (var worker in workers)
        {
            worker.Kill();
            worker.Dispose();
        }
    }
}

static async Task<Process> StartWorker(int port)
{
    var worker = Process.Start(new ProcessStartInfo(Environment.ProcessPath!)
    {
        ArgumentList = { "--worker", $"{port}" },
        RedirectStandardOutput = true,
    })!;
    await worker.StandardOutput.ReadLineAsync();
    return worker;
}

int Option(string name) => args.SkipWhile(word => word != name).Skip(1).Select(int.Parse).FirstOrDefault();

/// <summary>Calls as soon as it is told.</summary>
file sealed class Told(Action<PlanProgress> act) : IProgress<PlanProgress>
{
    public void Report(PlanProgress value) => act(value);
}
