namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>What inputs that name something can be set to.</summary>
internal sealed record PaletteChoices(
    IReadOnlyList<Choice> Scripts, IReadOnlyList<Choice> Roles, IReadOnlyList<Choice> Channels, IReadOnlyList<Choice> Playbooks)
{
    /// <summary>The choices for an input; null where it names nothing.</summary>
    public IReadOnlyList<Choice>? For(string? references) => references switch
    {
        "script" => Scripts,
        "role" => Roles,
        "channel" => Channels,
        "playbook" => Playbooks,
        _ => null,
    };
}

/// <summary>One line of a drop-down.</summary>
/// <param name="Text">What the designer reads.</param>
/// <param name="Value">What is stored.</param>
internal sealed record Choice(string Text, string Value)
{
    public static Choice Of(string value) => new(value, value);

    /// <summary><c>account-manager</c> is read as <c>Account manager</c>.</summary>
    public static Choice Named(string value) => new(value.Length == 0 ? value : char.ToUpperInvariant(value[0]) + value[1..].Replace('-', ' '), value);
}
