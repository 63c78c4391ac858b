// The library, for this folder's own session and for dotnet-script. For the latter build it first:
//   dotnet build -c Release examples/repl
#r "bin/Release/net10.0/FunctionalNN.dll"
#r "bin/Release/net10.0/CsvHelper.dll"
#r "bin/Release/net10.0/LanguageExt.Core.dll"
#r "bin/Release/net10.0/Microsoft.Extensions.Logging.Abstractions.dll"
#r "bin/Release/net10.0/System.Numerics.Tensors.dll"
