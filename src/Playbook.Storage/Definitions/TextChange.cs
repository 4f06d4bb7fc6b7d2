namespace Playbook.Storage.Definitions;

/// <summary>One script or scenario to write.</summary>
/// <param name="Text">What is to be there; null to take it out.</param>
public sealed record TextChange(DefinitionTextKind Kind, string Name, string? Text)
{
    /// <summary>Whether the writer says what it began from: <see cref="Before"/>.</summary>
    public bool ChecksBefore { get; init; }

    /// <summary>The text that the writer began from; null where there was none.</summary>
    public string? Before { get; init; }

    internal static IReadOnlyList<ContentText> Apply(IReadOnlyList<ContentText> texts, IReadOnlyList<TextChange> changes, DefinitionVersion latest)
    {
        var all = texts.ToDictionary(text => (text.Kind, text.Name));
        foreach (var change in changes)
        {
            var now = all.GetValueOrDefault((change.Kind, change.Name));
            if (change.ChecksBefore && now?.Text != change.Before && now?.Text != change.Text)
                throw new DefinitionConflictException($"\"{change.Name}\" was changed by {latest.CreatedBy} at {latest.CreatedAt:yyyy-MM-dd HH:mm} UTC, after you opened it. Nothing was overwritten.", latest);
            if (change.Text is null)
                all.Remove((change.Kind, change.Name));
            else
                all[(change.Kind, change.Name)] = new(change.Kind, DefinitionFolder.SafePath(change.Name), change.Text, now?.ByteOrderMark ?? false);
        }

        return [.. all.Values.OrderBy(text => text.Kind).ThenBy(text => text.Name, StringComparer.Ordinal)];
    }
}
