namespace Playbook.Letter.Batches;

/// <summary>A letter as it was accepted; its file outlives restarts.</summary>
/// <param name="Key">The message's idempotency key.</param>
/// <param name="Code">The tracking code without hyphens.</param>
/// <param name="Address">The lines on the envelope, the name first.</param>
/// <param name="AcceptedAt">UTC.</param>
internal sealed record AcceptedLetter(string Key, string Code, IReadOnlyList<string> Address, string? Subject, string Text, DateTimeOffset AcceptedAt)
{
    public string? FromName { get; init; }

    public string Language { get; init; } = "en";

    /// <summary>PDF files whose pages follow the letter's.</summary>
    public IReadOnlyList<byte[]> Enclosures { get; init; } = [];
}
