namespace Playbook.Abstractions;

/// <summary>A message as a person wrote it, in place of a script.</summary>
/// <param name="Subject">The subject line; null where the channel has none.</param>
/// <param name="Text">The body as plain text.</param>
public sealed record WrittenMessage(string? Subject, string Text);
