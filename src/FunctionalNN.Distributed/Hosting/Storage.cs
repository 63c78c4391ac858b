using Orleans;
using Orleans.Runtime;
using Orleans.Storage;

namespace FunctionalNN;

/// <summary>The storage of plans and blobs.</summary>
internal static class Storage
{
    /// <summary>Its name in a silo; a silo of your own gives one of this name to keep plans.</summary>
    public const string Name = "FunctionalNN";
}

/// <summary>Keeps nothing: what a dead silo had is computed again.</summary>
internal sealed class NoStorage : IGrainStorage
{
    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => Task.CompletedTask;
}

/// <summary>A file for each plan and blob in a folder, each whole or not there.</summary>
internal sealed class FolderStorage(string folder) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var path = PathOf(stateName, grainId);
        if (File.Exists(path) && grainState.State is Opaque state)
        {
            state.Bytes = await File.ReadAllBytesAsync(path);
            grainState.RecordExists = true;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is not Opaque state)
        {
            return;
        }

        Directory.CreateDirectory(folder);
        var path = PathOf(stateName, grainId);
        var part = $"{path}.{Environment.ProcessId}.part";
        await File.WriteAllBytesAsync(part, state.Bytes);
        File.Move(part, path, overwrite: true);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        File.Delete(PathOf(stateName, grainId));
        (grainState.State as Opaque)?.Bytes = [];
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    /// <summary>Keys are hashes in hexadecimal digits.</summary>
    private string PathOf(string stateName, GrainId grainId) => Path.Combine(folder, $"{grainId.Key}.{stateName}");
}
