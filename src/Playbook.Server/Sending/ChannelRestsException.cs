namespace Playbook.Server.Sending;

/// <summary>The channel was not called: it has failed for so long that a person must look.</summary>
public sealed class ChannelGivenUpException(string message) : Exception(message);

/// <summary>The channel was not called: it rests after too many failures.</summary>
public sealed class ChannelRestsException(DateTimeOffset until, string message) : Exception(message)
{
    public DateTimeOffset Until { get; } = until;
}
