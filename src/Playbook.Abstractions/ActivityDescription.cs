namespace Playbook.Abstractions;

/// <summary>How an activity appears in the designer, and what validation knows of it.</summary>
/// <param name="Type">The type name in definitions, such as <c>Playbook.GuidedStep</c>.</param>
/// <param name="Category">The palette's group, such as <c>Sales</c>.</param>
/// <param name="DisplayName">The name that a designer reads.</param>
/// <param name="Text">What it does, in one sentence.</param>
public sealed record ActivityDescription(string Type, string Category, string DisplayName, string Text)
{
    /// <summary>The inputs, in the order of the form.</summary>
    public IReadOnlyList<InputDescription> Inputs { get; init; } = [];

    /// <summary>The outputs that can be bound to variables.</summary>
    public IReadOnlyList<OutputDescription> Outputs { get; init; } = [];

    /// <summary>The ports that are always there.</summary>
    public IReadOnlyList<string> Outcomes { get; init; } = ["Done"];

    /// <summary>Those of <see cref="Outcomes"/> that may lead nowhere without a word, such as one that only an input opens.</summary>
    public IReadOnlyList<string> OptionalOutcomes { get; init; } = [];

    /// <summary>The input whose literal list of names gives further ports; null for none.</summary>
    public string? OutcomesFrom { get; init; }

    /// <summary>The name of an icon; null for the default.</summary>
    public string? Icon { get; init; }

    /// <summary>A colour as <c>#RRGGBB</c>; null for the default.</summary>
    public string? Color { get; init; }

    /// <summary>Whether a person does the work, so that it needs a role.</summary>
    public bool IsHumanStep { get; init; }

    /// <summary>Whether it can wait for something that may never come, so that it needs a time limit or an owner.</summary>
    public bool Waits { get; init; }

    /// <summary>The input that limits the wait; null where none does.</summary>
    public string? TimeLimitInput { get; init; }

    /// <summary>Whether the flow ends here.</summary>
    public bool IsTerminal { get; init; }
}

/// <summary>One input of an activity.</summary>
/// <param name="Name">PascalCase; in definitions it stands in camelCase.</param>
/// <param name="Type">Elsa's type alias: <c>String</c>, <c>Boolean</c>, <c>Int32</c>, <c>Double</c>, <c>Decimal</c>, <c>TimeSpan</c>, <c>DateTimeOffset</c>, <c>Object</c>, <c>String[]</c>.</param>
/// <param name="Text">What it means, in one sentence.</param>
public sealed record InputDescription(string Name, string Type, string Text = "")
{
    /// <summary>The name that a designer reads; null for the spaced name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The value where it is unset.</summary>
    public object? Default { get; init; }

    /// <summary>Whether the activity cannot work without it.</summary>
    public bool Required { get; init; }

    /// <summary>Elsa's editor hint: <c>singleline</c>, <c>multiline</c>, <c>checkbox</c>, <c>dropdown</c>, <c>code-editor</c>, <c>json-editor</c>, <c>multitext</c>, <c>dynamic-outcomes</c> …</summary>
    public string Editor { get; init; } = "singleline";

    /// <summary>The values to choose from; empty for free entry.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>What the value names, so that validation can check it: <c>script</c>, <c>role</c>, <c>channel</c>, <c>playbook</c>; null for a plain value.</summary>
    public string? References { get; init; }

    /// <summary>Whether the activity evaluates it itself (nested expressions, conditions asked again and again).</summary>
    public bool SelfEvaluated { get; init; }
}

/// <summary>One output of an activity.</summary>
public sealed record OutputDescription(string Name, string Type, string Text = "");
