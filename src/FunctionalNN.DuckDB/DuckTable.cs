using System.Data;
using LanguageExt;
using LanguageExt.Common;

namespace FunctionalNN;

/// <summary>
/// Tables by SQL, read by DuckDB: <c>select … from 'customers.parquet'</c>, from a file in CSV, Parquet or JSON, from many at once
/// (<c>'2024/*.parquet'</c>), or from a database. Names and types of the columns come along: numbers, texts, flags, dates, and null for a
/// gap.
/// </summary>
/// <example><code>
/// var table = DuckTable.Query("select age, plan, churned from 'customers.parquet' where country = 'NO'").OrThrow();
/// var rows = DuckTable.Stream("select * from 'events/*.parquet' where hash(id) % 10 &lt; 8").OrThrow();
/// </code></example>
public static class DuckTable
{
    /// <summary>All rows of a query's answer.</summary>
    /// <param name="sql">The query. Where it leaves the order open (a join, a group), ORDER BY makes runs repeatable.</param>
    /// <param name="options">The database, statements before, memory, threads; none by default.</param>
    /// <returns>The rows, or an error: a file that is missing or of another kind, what SQL does not allow, a column whose type means
    /// nothing to a recipe, each with what to write instead.</returns>
    public static Either<Error, Table> Query(string sql, DuckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return Guarded(sql, options, () =>
        {
            using var answer = DuckAnswer.Of(sql, options ?? new DuckOptions());
            return NotEmpty(Table.Read(answer, options?.Notation));
        });
    }

    /// <summary>Rows of a query's answer drawn uniformly without replacement, all when there are not more. DuckDB draws them, on one thread
    /// so that the same seed gives the same rows.</summary>
    /// <param name="sql">The query.</param>
    /// <param name="rows">How many, 1 or more.</param>
    /// <param name="seed">The same seed gives the same rows.</param>
    /// <param name="options">As for <see cref="Query"/>.</param>
    public static Either<Error, Table> Sample(string sql, int rows, int seed, DuckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sql);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return Guarded(sql, options, () =>
        {
            using var answer = DuckAnswer.Of(
                $"select * from ({sql.TrimEnd().TrimEnd(';')}\n) using sample reservoir({rows} rows) repeatable ({(uint)seed})",
                (options ?? new DuckOptions()) with { Threads = 1 });
            return NotEmpty(Table.Read(answer, options?.Notation));
        });
    }

    /// <summary>A query's answer as a stream: it is run anew for each epoch, and DuckDB gives its rows while they are asked for. Fit the
    /// recipe on <see cref="StreamedTable.Sample"/>, and divide by SQL: <c>where hash(id) % 10 &lt; 8</c>.</summary>
    /// <param name="sql">The query; its rows must come in the same order each time.</param>
    /// <param name="options">As for <see cref="Query"/>.</param>
    /// <returns>The stream, or what is wrong with the query or the types of its columns. What only the rows tell, such as a text that is no
    /// number in a cast, throws <see cref="InvalidDataException"/> where it is reached.</returns>
    public static Either<Error, StreamedTable> Stream(string sql, DuckOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(sql);
        return Guarded<StreamedTable>(sql, options, () =>
        {
            DuckAnswer.Of(sql, options ?? new DuckOptions()).Dispose();
            return StreamedTable.Of(() => Pieces(sql, options),
                (rows, seed) => Sample(sql, rows, seed, options).Match(
                    table => table, fault => throw new InvalidDataException(fault.Message)));
        });
    }

    private static IEnumerable<Table> Pieces(string sql, DuckOptions? options)
    {
        using var pieces = StreamedTable.Of(() => (IDataReader)DuckAnswer.Of(sql, options ?? new DuckOptions()), options?.Notation).Pieces()
            .GetEnumerator();
        while (Moved())
        {
            yield return pieces.Current;
        }

        bool Moved()
        {
            try
            {
                return pieces.MoveNext();
            }
            catch (Exception fault) when (Named(fault, sql, options) is { } named)
            {
                throw new InvalidDataException(named, fault);
            }
        }
    }

    private static Either<Error, Table> NotEmpty(Table table) => table.Count > 0 ? table
        : Error.New("the query gives no rows: see whether WHERE leaves any");

    private static Either<Error, TResult> Guarded<TResult>(string sql, DuckOptions? options, Func<Either<Error, TResult>> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (Named(fault, sql, options) is { } named)
        {
            return Error.New(named);
        }
    }

    /// <summary>
    /// What is wrong, in words. Where a row fails on one thread of DuckDB, the others are interrupted, and which of both is told is chance:
    /// the query is then read once more on one thread, which meets the row itself.
    /// </summary>
    private static string? Named(Exception fault, string sql, DuckOptions? options)
    {
        if (fault is not OperationCanceledException)
        {
            return DuckFaults.Of(fault, sql);
        }

        try
        {
            using var answer = DuckAnswer.Of(sql, (options ?? new DuckOptions()) with { Threads = 1 });
            while (answer.Read())
            {
            }
        }
        catch (Exception reason) when (DuckFaults.Of(reason, sql) is not null)
        {
            return DuckFaults.Of(reason, sql);
        }
        catch (OperationCanceledException)
        {
        }

        return "DuckDB stopped the query without a reason: run it with Threads = 1, which tells which row cannot be computed";
    }
}
