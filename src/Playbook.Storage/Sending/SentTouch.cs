namespace Playbook.Storage.Sending;

/// <summary>What became known when a permitted message went out.</summary>
/// <param name="MessageKey">The message by its idempotency key.</param>
/// <param name="ProviderId">The channel's name for it.</param>
public sealed record SentTouch(string MessageKey, string? ProviderId, DateTimeOffset At)
{
    public string? Address { get; init; }
    public string? Subject { get; init; }
    public string? Text { get; init; }
}
