namespace Playbook.Abstractions;

/// <summary>What a channel is called and can do.</summary>
/// <param name="Id">The id that playbooks name, such as <c>email</c>: lower-case letters, digits and <c>-</c>.</param>
/// <param name="DisplayName">What people read.</param>
/// <param name="Text">One sentence.</param>
public sealed record ChannelDescription(string Id, string DisplayName, string Text)
{
    /// <summary>The name of an icon (Material); null for the default.</summary>
    public string? Icon { get; init; }

    /// <summary>A colour as <c>#RRGGBB</c>; null for the default.</summary>
    public string? Color { get; init; }

    /// <summary>
    /// The contact's fact that holds the address: <c>email</c>, <c>phone</c>, <c>linkedin</c>, <c>address</c>; null where
    /// the channel needs none.
    /// </summary>
    public string? AddressFact { get; init; }

    /// <summary>
    /// What a playbook can do with it; each is an activity <c>Playbook.Id.Name</c> in the designer. A message by
    /// <c>Playbook.SendMessage</c> is possible with every channel that has none that is guided.
    /// </summary>
    public IReadOnlyList<ChannelAction> Actions { get; init; } = [];

    /// <summary>The settings, in the order of the form. The type <c>secret</c> is kept encrypted and never shown again.</summary>
    public IReadOnlyList<FormField> Settings { get; init; } = [];
}

/// <summary>Something that a playbook can do over a channel.</summary>
/// <param name="Name">PascalCase, such as <c>Send</c> or <c>Call</c>.</param>
/// <param name="DisplayName">What a designer reads, such as <c>Call</c>.</param>
/// <param name="Text">What it does, in one sentence.</param>
public sealed record ChannelAction(string Name, string DisplayName, string Text)
{
    /// <summary>
    /// Whether a person does it, guided by a script: then it is a task with <see cref="Outcomes"/> as buttons, and the
    /// channel only helps (a link to dial, a text to copy). Otherwise the channel sends it by itself.
    /// </summary>
    public bool IsGuided { get; init; }

    /// <summary>Inputs besides those that every action has (script, and for a guided one role, title and times).</summary>
    public IReadOnlyList<InputDescription> Inputs { get; init; } = [];

    /// <summary>The ports: for a guided action the rep's answers; for one that sends, those besides <c>Sent</c> and <c>Failed</c>.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = [];

    /// <summary>What the rep writes down, for a guided action.</summary>
    public IReadOnlyList<FormField> Fields { get; init; } = [];

    /// <summary>
    /// For a guided action, the link that the rep presses, with <c>{address}</c> where the contact's address belongs:
    /// <c>tel:{address}</c>; null for none.
    /// </summary>
    public string? Link { get; init; }

    /// <summary>
    /// For a guided action, whether the channel can begin it at the rep's press (dials both ends). Then
    /// <see cref="IChannel.Send"/> is called with a permit, the contact's address in <see cref="OutgoingMessage.To"/> and the
    /// rep's own number, where it is known, under <c>rep_phone</c> in <see cref="OutgoingMessage.Inputs"/>.
    /// </summary>
    public bool CanBegin { get; init; }

    /// <summary>
    /// For a guided action, those of <see cref="Outcomes"/> that were only an attempt (nobody answered): the sending policy is
    /// asked again before the next one, and the input <c>MaxAttempts</c>, where the action has it, limits how many there are.
    /// </summary>
    public IReadOnlyList<string> AttemptOutcomes { get; init; } = [];
}
