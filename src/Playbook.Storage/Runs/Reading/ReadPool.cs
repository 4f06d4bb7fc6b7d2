using System.Collections.Concurrent;

namespace Playbook.Storage.Runs.Reading;

/// <summary>Connections for reading, as many as are used at once. A read sees everything whose commit has returned.</summary>
internal sealed class ReadPool(string path) : IDisposable
{
    private readonly ConcurrentBag<ReadConnection> _idle = [];
    private volatile bool _closed;

    /// <summary>Throws <see cref="StoreException"/> where the file cannot be read.</summary>
    internal TResult Read<TArgument, TResult>(TArgument argument, Func<ReadConnection, TArgument, TResult> read)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        ReadConnection? connection = null;
        try
        {
            if (!_idle.TryTake(out connection))
                connection = ReadConnection.Open(path);
            var result = read(connection, argument);
            _idle.Add(connection);
            connection = null;
            if (_closed)
                Dispose();
            return result;
        }
        catch (SqliteFault fault)
        {
            throw StoreException.For(path, fault);
        }
        finally
        {
            // Only a connection whose read failed comes here; another one is opened in its place.
            connection?.Dispose();
        }
    }

    public void Dispose()
    {
        _closed = true;
        while (_idle.TryTake(out var connection))
            connection.Dispose();
    }
}
