using Playbook.Abstractions;

namespace Playbook.Server.Plugins;

/// <summary>
/// A plugin's channel as everybody here gets it: each call ends in time, throws nothing but what the contract allows, and is
/// remembered when it failed. Calls under way are finished before the channel is closed.
/// </summary>
internal sealed class FencedChannel(IChannel inner, string id, FenceLimits limits) : IChannel, IAsyncDisposable
{
    private static readonly ChannelHealth Silent = new(false, "It does not say how it is; the plugin hangs or throws. Reload it, or install another version.");

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _closing = new();
    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IChannel? _inner = inner;
    private int _underWay;

    /// <summary>What went wrong in its calls lately.</summary>
    public CallFaults Faults { get; } = new();

    public ChannelHealth Health
    {
        get
        {
            if (_inner is not { } channel)
                return new ChannelHealth(false, "It is being reloaded.");
            try
            {
                // On a thread of its own: a property can hang as well.
                var asked = Task.Run(() => channel.Health);
                return asked.Wait(limits.Health) ? asked.Result ?? Silent : Silent;
            }
            catch (AggregateException)
            {
                return Silent;
            }
        }
    }

    public async ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken)
    {
        try
        {
            return await Call("look at its settings", limits.Validate, (channel, token) => channel.Validate(token).AsTask(), cancellationToken);
        }
        catch (PluginException fault)
        {
            return [fault.Message];
        }
    }

    /// <summary>Throws <see cref="PluginException"/> for faults of the channel, whatever it threw itself.</summary>
    public async ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken)
    {
        if (_inner is null)
            return new SendResult.TryLater(TimeSpan.FromSeconds(5), "The channel is being reloaded.");
        return await Call("send a message", limits.Send, (channel, token) => channel.Send(message, permit, token).AsTask(), cancellationToken);
    }

    public async ValueTask<InboundAnswer> Receive(InboundRequest request, CancellationToken cancellationToken)
    {
        try
        {
            return await Call("take a webhook", limits.Receive, (channel, token) => channel.Receive(request, token).AsTask(), cancellationToken);
        }
        catch (PluginException)
        {
            // The provider comes again later.
            return new InboundAnswer(StatusCodes.Status503ServiceUnavailable, []);
        }
    }

    public async Task Listen(IInbox inbox, CancellationToken cancellationToken)
    {
        if (!Enter(out var channel))
            return;
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _closing.Token);
            await Task.Run(() => channel.Listen(inbox, either.Token), CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested || _closing.IsCancellationRequested)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            throw Faults.Add(Told("listen", fault));
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Takes no new calls, waits for those under way, and closes the channel.</summary>
    public async ValueTask DisposeAsync()
    {
        IChannel? channel;
        lock (_lock)
        {
            channel = _inner;
            _inner = null;
            if (_underWay == 0)
                _idle.TrySetResult();
        }

        if (channel is null)
            return;
        await _closing.CancelAsync();
        try
        {
            await _idle.Task.WaitAsync(limits.Finish, TimeProvider.System);
        }
        catch (TimeoutException)
        {
            // It hangs; what it holds is lost until the program ends.
        }

        if (channel is IAsyncDisposable closing)
        {
            try
            {
                await Task.Run(() => closing.DisposeAsync().AsTask()).WaitAsync(limits.Step, TimeProvider.System);
            }
#pragma warning disable CA1031 // A stranger's close may throw anything; the channel is gone either way.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                Faults.Add(Told("close", fault));
            }
        }

        _closing.Dispose();
    }

    private async Task<T> Call<T>(string what, TimeSpan limit, Func<IChannel, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        if (!Enter(out var channel))
            throw new PluginException(PluginStatus.Disabled, $"The channel '{id}' is being reloaded or was turned off.", "Try again in a moment.");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(limit);
        var work = Task.Run(() => call(channel, patience.Token), CancellationToken.None);
        try
        {
            // A little more than the limit, for those who heed the token.
            var answer = await work.WaitAsync(limit + TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken)
                ?? throw new InvalidOperationException("it answered with nothing");
            Faults.Clear();
            return answer;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever a stranger's code throws is told in words.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            throw Faults.Add(fault is OperationCanceledException or TimeoutException
                ? new PluginException(PluginStatus.Malfunctioned, $"It did not {what} within {limit.TotalSeconds:0.#} seconds.", "Look whether its provider answers (Test connection), and reload it.", fault)
                : Told(what, fault));
        }
        finally
        {
            // Only when it has really ended: until then its code is in use.
            _ = work.ContinueWith(static (ended, state) =>
            {
                _ = ended.Exception;
                ((FencedChannel)state!).Leave();
            }, this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private bool Enter([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IChannel? channel)
    {
        lock (_lock)
        {
            channel = _inner;
            if (channel is null)
                return false;
            _underWay++;
            return true;
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            if (--_underWay == 0 && _inner is null)
                _idle.TrySetResult();
        }
    }

    private static PluginException Told(string what, Exception fault)
    {
        fault = PluginFence.Inner(fault);
        return new PluginException(PluginStatus.Malfunctioned, $"It could not {what}: {Kind(fault)}{PluginFence.Message(fault)}", "Look at its settings (Test connection) and its provider; reload it when that is mended.", fault);
    }

    // Who reads of a network that is down needs no type for it.
    private static string Kind(Exception fault) => fault is HttpRequestException or IOException ? "" : $"{fault.GetType().Name}: ";
}
