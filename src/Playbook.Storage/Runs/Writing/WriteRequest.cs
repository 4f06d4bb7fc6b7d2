using System.Threading.Tasks.Sources;
using Playbook.Engine.Runs;

namespace Playbook.Storage.Runs.Writing;

/// <summary>
/// Something that a caller wants written and waits for. Its task ends when the transaction that it shares with others is
/// on disk. A source of its own instead of a TaskCompletionSource, so that commits allocate nothing.
/// </summary>
internal abstract class WriteRequest : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _completion = new() { RunContinuationsAsynchronously = true };
    private ConcurrencyException? _refusal;

    /// <summary>To be awaited once.</summary>
    internal ValueTask Completion => new(this, _completion.Version);

    /// <summary>Whether it was turned down without anything having been written.</summary>
    internal bool IsRefused => _refusal is not null;

    /// <summary>Changes in due times that hold once the transaction is on disk.</summary>
    internal virtual void AddDueMoves(List<DueMove> moves)
    {
    }

    internal void Try(WriteTables tables)
    {
        _refusal = null;
        try
        {
            Apply(tables);
        }
        catch (ConcurrencyException refusal)
        {
            _refusal = refusal;
        }
    }

    internal void Complete()
    {
        if (_refusal is { } refusal)
            _completion.SetException(refusal);
        else
            _completion.SetResult(true);
    }

    internal void Fail(Exception cause) => _completion.SetException(cause);

    /// <summary>
    /// Writes inside the open transaction; may be called again after a rollback. A <see cref="ConcurrencyException"/> is
    /// thrown before the first write; after any other exception the transaction is rolled back.
    /// </summary>
    protected abstract void Apply(WriteTables tables);

    /// <summary>Called when the caller has its answer.</summary>
    protected virtual void Recycle()
    {
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _completion.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _completion.OnCompleted(continuation, state, token, flags);

    void IValueTaskSource.GetResult(short token)
    {
        try
        {
            _completion.GetResult(token);
        }
        finally
        {
            _completion.Reset();
            _refusal = null;
            Recycle();
        }
    }
}

/// <summary>Any piece of writing that is rare enough not to need a class.</summary>
internal sealed class WriteRequest<T>(Func<WriteTables, T> write) : WriteRequest
{
    private T? _result;

    internal async ValueTask<T> Result()
    {
        await Completion;
        return _result!;
    }

    protected override void Apply(WriteTables tables) => _result = write(tables);
}
