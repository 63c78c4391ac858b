#:package FunctionalNN@0.1.0
using FunctionalNN;

var (train, validation, test) = Table.Read("customers.csv").OrThrow().Split("churned", validationFraction: 0.2, testFraction: 0.2, seed: 1);
var pipeline = Pipeline.Of(TableRecipe.Propose(train, "churned").OrThrow().Fit(train).OrThrow(), [new Dense(16), new Relu()], seed: 7);
pipeline = pipeline.With(pipeline.Epochs(train, new Adam(0.005)).Validate(pipeline.Encode(validation)).StopEarly(10).Take(60).Last());
Console.WriteLine(pipeline.Report(test));
pipeline.Save("customers.safetensors").OrThrow();
