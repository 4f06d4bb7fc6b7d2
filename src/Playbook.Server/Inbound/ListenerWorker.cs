using Playbook.Abstractions;
using Playbook.Server.Plugins;

namespace Playbook.Server.Inbound;

/// <summary>
/// Listens on each channel that has to ask for what comes in. A channel that fails is listened to again, more and more
/// rarely; one that was opened anew with other settings is listened to from then on, and its old self no more.
/// </summary>
public sealed class ListenerWorker(ChannelRegistry channels, Inboxes inboxes, TimeProvider clock, ILogger<ListenerWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan FirstRest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRest = TimeSpan.FromMinutes(10);

    /// <summary>Who listened this long has recovered, and the next fault is a new one.</summary>
    private static readonly TimeSpan Recovered = TimeSpan.FromMinutes(5);

    private readonly Dictionary<string, Listening> _listening = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                await Look(stoppingToken);
                await Task.Delay(LookEvery, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
        finally
        {
            await Task.WhenAll(_listening.Values.Select(listening => listening.Stop()));
        }
    }

    private async Task Look(CancellationToken stopping)
    {
        foreach (var id in channels.Ids.Union(_listening.Keys).ToList())
        {
            var open = channels.Find(id);
            if (_listening.TryGetValue(id, out var listening) && !ReferenceEquals(listening.Channel, open))
            {
                _listening.Remove(id);
                await listening.Stop();
            }

            if (open is not null && !_listening.ContainsKey(id))
                _listening[id] = Begin(id, open, stopping);
        }
    }

    private Listening Begin(string id, IChannel channel, CancellationToken stopping)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        return new Listening(channel, stop, Task.Run(() => Listen(id, channel, stop.Token), CancellationToken.None));
    }

    private async Task Listen(string id, IChannel channel, CancellationToken stopping)
    {
        var faults = 0;
        while (!stopping.IsCancellationRequested)
        {
            var began = clock.GetUtcNow();
            try
            {
                await channel.Listen(inboxes.Of(id), stopping);
                // It has nothing to ask for, or was told to stop.
                return;
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                faults = clock.GetUtcNow() - began >= Recovered ? 1 : faults + 1;
                var rest = Rest(faults);
                log.LogWarning(fault, "The channel {Channel} stopped listening and begins again in {Rest}", id, rest);
                await Pause(rest, stopping);
            }
        }
    }

    private async Task Pause(TimeSpan rest, CancellationToken stopping)
    {
        try
        {
            await Task.Delay(rest, clock, stopping);
        }
        catch (OperationCanceledException)
        {
            // The loop sees for itself that it is to stop.
        }
    }

    private static TimeSpan Rest(int faults)
    {
        var rest = FirstRest * Math.Pow(2, Math.Clamp(faults - 1, 0, 20));
        return rest < LongestRest ? rest : LongestRest;
    }

    /// <summary>One channel that is listened to. Its task never fails.</summary>
    private sealed record Listening(IChannel Channel, CancellationTokenSource Source, Task Task)
    {
        private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

        /// <summary>A channel that does not heed its token is not waited for beyond this.</summary>
        public async Task Stop()
        {
            await Source.CancelAsync();
            if (await Task.WhenAny(Task, Task.Delay(Patience)) == Task)
                Source.Dispose();
        }
    }
}
