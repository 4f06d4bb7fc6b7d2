using System.Security.Cryptography;
using System.Text;
using Playbook.Abstractions;

namespace Playbook.Engine.Runs;

/// <summary>Does the effects that concern other runs: starting one, waking those that wait for an event.</summary>
public sealed class InternalEffects(RunHost host)
{
    /// <summary>Does the effect; false where it is one that the outside must do.</summary>
    public async ValueTask<bool> Do(OutboxItem item, CancellationToken cancellationToken = default)
    {
        switch (item.Effect)
        {
            case Effect.PublishSignal signal:
                await host.Publish(signal, signal.OnlyThisRun ? item.RunId : null, new OutboxDone(item.Id, null), cancellationToken);
                return true;
            case Effect.StartRun start:
                await Start(item, start, cancellationToken);
                return true;
            default:
                return false;
        }
    }

    private async ValueTask Start(OutboxItem item, Effect.StartRun start, CancellationToken cancellationToken)
    {
        var done = new OutboxDone(item.Id, null);
        var definition = await host.Sources.Published(start.DefinitionId);
        if (definition is null)
        {
            var reason = $"The playbook '{start.DefinitionId}' that was to be started is not published.";
            if (item.BookmarkId is not null)
                await host.Take(item.RunId, new Stimulus.RunFinished(Guid.Empty, "Faulted", new Dictionary<string, object?> { ["error"] = reason }) { BookmarkId = item.BookmarkId }, done, cancellationToken);
            else
                throw new InvalidOperationException(reason + " Publish it; it is tried again.");
            return;
        }

        var parent = await host.Store.Get(item.RunId, cancellationToken);
        await host.Start(definition, new StartRequest
        {
            Id = ChildId(item),
            Subject = parent?.Subject ?? Subject.None,
            Input = start.Input,
            CorrelationId = start.CorrelationId,
            ParentRunId = item.RunId,
            ParentBookmarkId = item.BookmarkId,
            Answers = done,
        }, cancellationToken);
    }

    /// <summary>The same id however often the effect is tried: the time of the effect, then bits of its id's hash.</summary>
    private static Guid ChildId(OutboxItem item)
    {
        Span<byte> bytes = stackalloc byte[16];
        Guid.CreateVersion7(item.CreatedAt).TryWriteBytes(bytes, bigEndian: true, out _);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(item.Id));
        hash.AsSpan(0, 10).CopyTo(bytes[6..]);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
