using Playbook.Abstractions;

namespace Playbook.Sales.Contacts;

/// <summary>
/// A right address that a rep found out in a step: an answered field <c>new_email</c> or <c>new_phone</c> is the contact's
/// with the commit that states it.
/// </summary>
public static class CorrectedAddress
{
    public const string Fact = "AddressCorrected";

    public static IReadOnlyList<Effect> In(Stimulus.TaskCompleted answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        var email = Written(answer, "new_email");
        var phone = Written(answer, "new_phone");
        return email is null && phone is null ? [] : [new Effect.RecordFact(Fact, new Dictionary<string, object?> { ["email"] = email, ["phone"] = phone, ["by"] = answer.By })];
    }

    private static string? Written(Stimulus.TaskCompleted answer, string field) =>
        answer.Fields.GetValueOrDefault(field) is string text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;
}
