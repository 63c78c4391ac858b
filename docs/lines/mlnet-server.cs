using Microsoft.Extensions.ML;
using Microsoft.ML.Data;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddPredictionEnginePool<Customer, Answer>().FromFile("customers.zip");
var app = builder.Build();
app.MapPost("/predict", (Customer row, PredictionEnginePool<Customer, Answer> pool) => pool.Predict(row));
app.Run();

public class Customer
{
    public float Age { get; set; } public float Income { get; set; } public string Plan { get; set; } = ""; public string Signup { get; set; } = ""; public string Newsletter { get; set; } = "";
}
public class Answer { [ColumnName("PredictedLabel")] public bool Churned { get; set; } public float Probability { get; set; } }
