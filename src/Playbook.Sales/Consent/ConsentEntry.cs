namespace Playbook.Sales.Consent;

public enum ConsentAct
{
    Given,

    /// <summary>A consent taken back: nothing goes within its scope until they agree anew.</summary>
    Withdrawn,

    /// <summary>An objection to direct marketing (GDPR, article 21): nothing goes, whatever was agreed to.</summary>
    Objected,
}

/// <summary>What a contact said about being contacted, with the evidence. The ledger is only added to; the newest entry of a scope holds.</summary>
public sealed record ConsentEntry
{
    /// <summary>The scope of what is about every channel.</summary>
    public const string Everything = "everything";

    public required Guid Id { get; init; }
    public required Guid ContactId { get; init; }
    public required ConsentAct Act { get; init; }

    /// <summary>What it is about: a channel's id, or <see cref="Everything"/>.</summary>
    public required string Scope { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>The channel over which they said it.</summary>
    public string? Channel { get; init; }

    /// <summary>In their own words, or the words of the form that they agreed to.</summary>
    public string? Wording { get; init; }

    /// <summary>Where it can be looked up: a task, a message, a form.</summary>
    public string? Evidence { get; init; }

    /// <summary>Who wrote it down.</summary>
    public string? By { get; init; }

    /// <summary>The legal ground, such as <c>consent</c> or <c>objection</c>.</summary>
    public string? Basis { get; init; }
}
