namespace Playbook.Abstractions;

/// <summary>One field of a guided step's form.</summary>
/// <param name="Name">The name under which the answer is kept, such as <c>pain</c>.</param>
/// <param name="Label">What the rep reads.</param>
/// <param name="Type">One of <c>text</c>, <c>multiline</c>, <c>number</c>, <c>date</c>, <c>datetime</c>, <c>checkbox</c>, <c>choice</c>, <c>email</c>, <c>phone</c>; in a channel's settings also <c>secret</c>.</param>
public sealed record FormField(string Name, string Label, string Type = "text")
{
    /// <summary>Whether the step can be completed without it.</summary>
    public bool Required { get; init; }

    /// <summary>The outcomes for which <see cref="Required"/> holds; empty for all.</summary>
    public IReadOnlyList<string> RequiredFor { get; init; } = [];

    /// <summary>The choices, for type <c>choice</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>The value to begin with; null for none.</summary>
    public string? Default { get; init; }

    /// <summary>What helps to fill it in, in one sentence; null for none.</summary>
    public string? Help { get; init; }

    /// <summary>The smallest number allowed, inclusive; null for no limit.</summary>
    public decimal? Min { get; init; }

    /// <summary>The largest number allowed, inclusive; null for no limit.</summary>
    public decimal? Max { get; init; }

    /// <summary>A regular expression that the whole text must match; null for none.</summary>
    public string? Pattern { get; init; }
}
