using System.Globalization;
using Playbook.Sales.Consent;

namespace Playbook.Sales.Sending;

/// <summary>What lifts a rule of law.</summary>
internal static class Unlock
{
    public const string Consent = "consent";
    public const string Customer = "customer";
    public const string Request = "request";

    public static IReadOnlyList<string> All { get; } = [Consent, Customer, Request];

    /// <summary>How people read that the rule is lifted for this message; null where nothing lifts it.</summary>
    public static string? Of(JurisdictionRule rule, SendingContext context)
    {
        foreach (var key in rule.UnlockedBy)
        {
            var said = key switch
            {
                Consent => Agreed(context),
                Customer when context.IsCustomer => "The contact is a customer and gave us the address with a purchase; each message offers an easy way to stop.",
                Request when context.WroteAt is { } wrote && wrote + context.Settings.ReplyAllowsAnswer > context.Now => $"The contact wrote to us on {Day(wrote)}; an answer is what they asked for.",
                _ => null,
            };
            if (said is not null)
                return rule.Unlocks.GetValueOrDefault(key) is { } words ? $"{said} “{words.Quote}” ({words.Source})." : $"{said} {rule.Words}";
        }

        return null;
    }

    /// <summary>The newest word on this channel or on everything; null where there is none.</summary>
    public static Will? Newest(SendingContext context)
    {
        Will? newest = null;
        foreach (var will in context.Wills)
            if (IsAbout(will, context.Channel) && (newest is null || will.At >= newest.At))
                newest = will;
        return newest;
    }

    public static bool IsAbout(Will will, string channel) => will.Scope == channel || will.Scope == ConsentEntry.Everything;

    public static string Day(DateTimeOffset at) => at.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>That they agreed to this channel, as people read it; null where they did not, or took it back.</summary>
    public static string? Agreed(SendingContext context)
    {
        var what = context.Channel switch { "email" => "to get e-mail", "sms" => "to get text messages", "phone" => "to be called", "letter" => "to get letters", _ => $"to be contacted over '{context.Channel}'" };
        if (Newest(context) is { } newest)
            return newest.Act == ConsentAct.Given ? $"The contact agreed {what} on {Day(newest.At)}{By(newest)}." : null;
        return context is { Channel: "email", ConsentEmail: true } ? $"The contact agreed {what}." : null;
    }

    private static string By(Will will) => (will.By, will.Evidence) switch
    {
        (null, null) => "",
        (var by, null) => $" (written down by {by})",
        (null, var evidence) => $" ({evidence})",
        var (by, evidence) => $" (written down by {by}, {evidence})",
    };
}
