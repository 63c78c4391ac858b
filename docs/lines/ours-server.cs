#:sdk Microsoft.NET.Sdk.Web
#:package FunctionalNN.AspNetCore@0.1.0
using FunctionalNN;

var app = WebApplication.Create(args);
app.MapPipeline(ServedPipeline.Open("customers.safetensors").OrThrow());
app.Run();
