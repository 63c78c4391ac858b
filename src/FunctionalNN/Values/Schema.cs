using System.Collections.Immutable;

namespace FunctionalNN;

/// <summary>
/// The settings of one kind of record, by name: what a file needs to know of it. Each kind of layer, loss, optimizer and schedule has its
/// schema as a static property <c>Schema</c> in its own file, where the build finds it (FunctionalNN.csproj) and puts it into
/// <see cref="Vocabulary.Standard"/>.
/// </summary>
internal abstract class Schema
{
    /// <summary>A schema without settings yet.</summary>
    /// <param name="name">The record's name in files.</param>
    /// <param name="blank">A record of the kind. Only settings that are null on it may be missing from a file.</param>
    public static Schema<TRecord> Of<TRecord>(string name, TRecord blank)
        where TRecord : notnull => new(name, blank, []);

    /// <summary>What a reader makes of the schema.</summary>
    public abstract TResult Read<TResult>(ISchemaReader<TResult> reader);
}

/// <summary>The settings of a kind of record.</summary>
internal sealed class Schema<TRecord>(string name, TRecord blank, ImmutableArray<SchemaSetting<TRecord>> settings) : Schema
    where TRecord : notnull
{
    public string Name => name;

    public TRecord Blank => blank;

    public ImmutableArray<SchemaSetting<TRecord>> Settings => settings;

    /// <summary>The schema with one more setting.</summary>
    public Schema<TRecord> With<TValue>(string setting, Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set) =>
        new(name, blank, settings.Add(new SchemaSetting<TRecord, TValue>(setting, get, set)));

    public override TResult Read<TResult>(ISchemaReader<TResult> reader) => reader.Read(this);
}

/// <summary>A setting of a kind of record.</summary>
internal abstract class SchemaSetting<TRecord>
{
    /// <summary>What a reader makes of the settings up to this one.</summary>
    public abstract TState Read<TState>(TState before, ISettingReader<TRecord, TState> reader);
}

/// <summary>A setting with its type.</summary>
internal sealed class SchemaSetting<TRecord, TValue>(string name, Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set)
    : SchemaSetting<TRecord>
{
    public override TState Read<TState>(TState before, ISettingReader<TRecord, TState> reader) => reader.Read(before, name, get, set);
}

/// <summary>Makes something of schemas of any kind of record.</summary>
internal interface ISchemaReader<out TResult>
{
    TResult Read<TRecord>(Schema<TRecord> schema)
        where TRecord : notnull;
}

/// <summary>Makes something of the settings of one kind of record, one after the other.</summary>
internal interface ISettingReader<TRecord, TState>
{
    TState Read<TValue>(TState before, string name, Func<TRecord, TValue> get, Func<TRecord, TValue, TRecord> set);
}
