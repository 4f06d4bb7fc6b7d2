namespace Playbook.Engine.Expressions;

/// <summary>What an expression may see and change: the variables in scope, the run's inputs and identity, the subject's facts.</summary>
public interface IExpressionScope
{
    /// <summary>Names of the variables in scope, innermost first, without duplicates.</summary>
    IEnumerable<string> VariableNames { get; }

    bool TryGetVariable(string nameOrId, out object? value);

    /// <summary>Sets the innermost variable of that name, converted to its declared type; false where there is none.</summary>
    bool TrySetVariable(string nameOrId, object? value);

    /// <summary>
    /// Makes a variable that no definition declares, as Elsa does when a script sets an unknown name; it belongs to the
    /// nearest container. False where the scope does not allow it, which makes the script fail.
    /// </summary>
    bool TryDeclareVariable(string name, object? value) => false;

    /// <summary>The run's inputs by name.</summary>
    IReadOnlyDictionary<string, object?> Input { get; }

    /// <summary>Names of the inputs that the definition declares, given or not.</summary>
    IEnumerable<string> InputNames => Input.Keys;

    /// <summary>contact, account, opportunity, rep … by name.</summary>
    IReadOnlyDictionary<string, object?> Facts { get; }

    /// <summary>The output of an activity that ran earlier, by the activity's id or name; null where there is none.</summary>
    object? OutputOf(string activityIdOrName, string? outputName);

    /// <summary>Names of the activities whose outputs JavaScript reads as <c>getResultFromName()</c>.</summary>
    IEnumerable<string> ActivityNames => [];

    /// <summary>The result of the last activity that completed.</summary>
    object? LastResult { get; }

    RunIdentity Run { get; }

    /// <summary>The time of the turn; what <c>new Date()</c> and <c>now</c> say.</summary>
    DateTimeOffset Now { get; }
}

/// <summary>The run as expressions see it; the two settable members are what Elsa's setters change.</summary>
public sealed class RunIdentity
{
    public required string InstanceId { get; init; }
    public required string DefinitionId { get; init; }
    public required string DefinitionVersionId { get; init; }
    public required int DefinitionVersion { get; init; }
    public string? Name { get; set; }
    public string? CorrelationId { get; set; }

    /// <summary>
    /// How many random values expressions have drawn so far. With the instance's id and the time of the turn it is the
    /// seed of the next one, so that a replay draws the same and no two draws are alike; keep it with the run.
    /// </summary>
    public long Draws { get; set; }
}
