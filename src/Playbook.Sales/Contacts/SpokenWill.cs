using Playbook.Abstractions;

namespace Playbook.Sales.Contacts;

/// <summary>
/// What a contact said about being contacted, as a rep heard it in a step: the outcome <c>Verbal opt-in</c> or an answered
/// field <c>consent_wording</c> is a consent to e-mail, or to what the field <c>consent_for</c> names, the outcome <c>Never contact</c> or an answered field
/// <c>stop_wording</c> a no to everything. The facts carry who, when, by which channel and in which words; the store makes
/// them the contact's in the same commit.
/// </summary>
public static class SpokenWill
{
    public const string ConsentGiven = "ConsentGiven";
    public const string ContactRefused = "ContactRefused";

    private const string OptIn = "Verbal opt-in";
    private const string Never = "Never contact";
    private const string ConsentWording = "consent_wording";
    private const string ConsentFor = "consent_for";
    private const string StopWording = "stop_wording";
    private const string Email = "email";

    /// <summary>What <c>consent_for</c> may say, with the channels that it stands for.</summary>
    private static readonly Dictionary<string, string[]> Scopes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["E-mail"] = [Email],
        ["SMS"] = ["sms"],
        ["E-mail and SMS"] = [Email, "sms"],
    };

    /// <summary>The facts that an answered step states; a no beats a yes.</summary>
    public static IReadOnlyList<Effect> In(IActivityContext context, Effect.OpenTask task, Stimulus.TaskCompleted answer)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Outcome == Never || Said(answer, StopWording) is not null)
            return [Fact(ContactRefused, "everything", context, task, answer, Said(answer, StopWording))];
        if (answer.Outcome == OptIn || Said(answer, ConsentWording) is not null)
            return [.. ScopesOf(answer).Select(scope => Fact(ConsentGiven, scope, context, task, answer, Said(answer, ConsentWording)))];
        return [];
    }

    private static string[] ScopesOf(Stimulus.TaskCompleted answer) =>
        Said(answer, ConsentFor) is { } said && Scopes.TryGetValue(said, out var scopes) ? scopes : [Email];

    private static string? Said(Stimulus.TaskCompleted answer, string field) =>
        answer.Fields.GetValueOrDefault(field) is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static Effect.RecordFact Fact(string name, string scope, IActivityContext context, Effect.OpenTask task, Stimulus.TaskCompleted answer, string? wording) => new(name, new Dictionary<string, object?>
    {
        ["contact"] = context.Subject.Facts.GetValueOrDefault("contact") is IReadOnlyDictionary<string, object?> contact ? contact.GetValueOrDefault("id") : null,
        ["channel"] = task.Channel,
        ["wording"] = wording,
        ["by"] = answer.By,
        ["at"] = context.Now,
        ["evidence"] = answer.BookmarkId is { } id ? $"task {id}" : null,
        ["scope"] = scope,
    });
}
