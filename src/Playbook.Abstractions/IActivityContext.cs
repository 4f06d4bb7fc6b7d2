namespace Playbook.Abstractions;

/// <summary>What an activity may see while it runs.</summary>
public interface IActivityContext
{
    /// <summary>The id of the activity in its playbook, as drawn by the designer.</summary>
    string ActivityId { get; }

    /// <summary>The time of the turn, UTC. The same for every activity of one transition.</summary>
    DateTimeOffset Now { get; }

    /// <summary>Whom the run is about, with the facts known at the time of the turn; <see cref="Subject.None"/> where it is about nobody.</summary>
    Subject Subject { get; }

    /// <summary>
    /// What the activity wants to remember while it waits, kept with the run. Values: null, text, numbers, booleans,
    /// dates, and lists or dictionaries of these.
    /// </summary>
    IDictionary<string, object?> Memo { get; }

    /// <summary>
    /// The value of an input, evaluated and converted to <typeparamref name="T"/>; the declared default where it is unset.
    /// Throws with the input's name where the expression fails or its value cannot be converted.
    /// </summary>
    T? Input<T>(string name);

    /// <summary>
    /// Evaluates an expression that stands inside an input (a criterion, a condition of a list) in the activity's scope.
    /// <paramref name="type"/> is one of Elsa's expression types: Literal, JavaScript, Liquid, Scriban, Variable, Input, Object.
    /// </summary>
    object? Evaluate(string type, string expression);
}
