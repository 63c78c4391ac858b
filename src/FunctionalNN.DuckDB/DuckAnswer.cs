using System.Data;
using System.Diagnostics.CodeAnalysis;
using DuckDB.NET.Data;

namespace FunctionalNN;

/// <summary>A query's answer, read while DuckDB computes it, with the connection it comes from.</summary>
internal sealed class DuckAnswer : IDataReader
{
    private readonly DuckDBConnection connection;
    private readonly DuckDBCommand command;
    private readonly DuckDBDataReader rows;

    private DuckAnswer(DuckDBConnection connection, DuckDBCommand command, DuckDBDataReader rows) =>
        (this.connection, this.command, this.rows) = (connection, command, rows);

    public int FieldCount => rows.FieldCount;

    public int Depth => 0;

    public bool IsClosed => rows.IsClosed;

    public int RecordsAffected => rows.RecordsAffected;

    public object this[int i] => GetValue(i);

    public object this[string name] => GetValue(GetOrdinal(name));

    /// <summary>Runs a query.</summary>
    /// <exception cref="InvalidDataException">It gives no columns, or one whose type means nothing to a recipe.</exception>
    [SuppressMessage("Security", "CA2100", Justification = "the query is the caller's own, whole")]
    public static DuckAnswer Of(string sql, DuckOptions options)
    {
        if (string.IsNullOrWhiteSpace(sql))
        {
            throw new InvalidDataException("the query is empty: write one such as select * from 'customers.parquet'");
        }

        var connection = new DuckDBConnection(options.Database is { } path
            ? $"DataSource={Existing(path)};ACCESS_MODE=READ_ONLY" : "DataSource=:memory:");
        DuckDBCommand? command = null;
        try
        {
            Open(connection, options.Database);
            command = connection.CreateCommand();
            foreach (var statement in Settings(options).Concat(options.Before))
            {
                command.CommandText = statement;
                command.ExecuteNonQuery();
            }

            command.CommandText = sql;
            command.UseStreamingMode = true;
            var rows = command.ExecuteReader();
            return Typed(new DuckAnswer(connection, command, rows));
        }
        catch
        {
            command?.Dispose();
            connection.Dispose();
            throw;
        }
    }

    public bool Read() => rows.Read();

    public object GetValue(int i) => rows.GetValue(i);

    public string GetName(int i) => rows.GetName(i);

    public int GetOrdinal(string name) => rows.GetOrdinal(name);

    public bool IsDBNull(int i) => rows.IsDBNull(i);

    public string GetDataTypeName(int i) => rows.GetDataTypeName(i);

    [return: DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicFields | DynamicallyAccessedMemberTypes.PublicProperties)]
    [UnconditionalSuppressMessage("Trimming", "IL2093", Justification = "nothing asks for members of the types of values")]
    [UnconditionalSuppressMessage("Trimming", "IL2073", Justification = "nothing asks for members of the types of values")]
    public Type GetFieldType(int i) => rows.GetFieldType(i);

    public int GetValues(object[] values) => rows.GetValues(values);

    public bool GetBoolean(int i) => rows.GetBoolean(i);

    public byte GetByte(int i) => rows.GetByte(i);

    public long GetBytes(int i, long fieldOffset, byte[]? buffer, int bufferoffset, int length) =>
        rows.GetBytes(i, fieldOffset, buffer, bufferoffset, length);

    public char GetChar(int i) => rows.GetChar(i);

    public long GetChars(int i, long fieldoffset, char[]? buffer, int bufferoffset, int length) =>
        rows.GetChars(i, fieldoffset, buffer, bufferoffset, length);

    public IDataReader GetData(int i) => rows.GetData(i);

    public DateTime GetDateTime(int i) => rows.GetDateTime(i);

    public decimal GetDecimal(int i) => rows.GetDecimal(i);

    public double GetDouble(int i) => rows.GetDouble(i);

    public float GetFloat(int i) => rows.GetFloat(i);

    public Guid GetGuid(int i) => rows.GetGuid(i);

    public short GetInt16(int i) => rows.GetInt16(i);

    public int GetInt32(int i) => rows.GetInt32(i);

    public long GetInt64(int i) => rows.GetInt64(i);

    public string GetString(int i) => rows.GetString(i);

    public DataTable? GetSchemaTable() => rows.GetSchemaTable();

    public bool NextResult() => rows.NextResult();

    public void Close() => Dispose();

    public void Dispose()
    {
        rows.Dispose();
        command.Dispose();
        connection.Dispose();
    }

    private static string Existing(string path) => File.Exists(path) ? path
        : throw new InvalidDataException($"{path}: there is no such file, expected a database of DuckDB");

    private static void Open(DuckDBConnection connection, string? path)
    {
        try
        {
            connection.Open();
        }
        catch (DuckDBException fault) when (path is not null)
        {
            throw new InvalidDataException(
                $"{path}: it cannot be opened as a database: is it a file of DuckDB's own, of this version, that "
                + $"no other program writes? Files of data are named in the query instead ({fault.Message})", fault);
        }
    }

    private static IEnumerable<string> Settings(DuckOptions options)
    {
        if (options.Threads > 0)
        {
            yield return $"SET threads = {options.Threads}";
        }

        if (options.MemoryLimit is { } limit)
        {
            yield return $"SET memory_limit = '{limit.Replace("'", "''", StringComparison.Ordinal)}'";
        }
    }

    private static DuckAnswer Typed(DuckAnswer answer)
    {
        var faults = DuckTypes.Faults(answer).ToArray();
        if (faults.Length == 0)
        {
            return answer;
        }

        answer.Dispose();
        throw new InvalidDataException(string.Join(Environment.NewLine, faults));
    }
}
