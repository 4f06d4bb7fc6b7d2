using Playbook.Sales.Consent;

namespace Playbook.Sales.Sending;

/// <summary>What the contact wants: it outranks every law and every channel.</summary>
internal static class WillRules
{
    private const string Objection = "“Where the data subject objects to processing for direct marketing purposes, the personal data shall no longer be processed for such purposes.” (GDPR, article 21(3)).";

    public static void Look(SendingContext context, JurisdictionPacks packs, List<Reason> reasons)
    {
        reasons.Add(context.DoNotContact
            ? new("do-not-contact", Verdict.Block, $"The contact asked not to be contacted; no message goes to them over any channel. {Objection}")
            : new("do-not-contact", Verdict.Permit, "The contact did not ask to be left alone."));
        if (!context.HasContact)
            reasons.Add(new("nobody", Verdict.Block, "Nobody is known whom the message could go to; give the opportunity a contact."));
        LookAtSuppressions(context, packs, reasons);
        LookAtLedger(context, reasons);
        if (ChannelClass.AddressFor(context) is { } address && string.IsNullOrWhiteSpace(address.Address))
            reasons.Add(new("no-address", Verdict.Block, address.Missing));
    }

    private static void LookAtSuppressions(SendingContext context, JurisdictionPacks packs, List<Reason> reasons)
    {
        foreach (var entry in context.Suppressions)
        {
            // A list that law knows forbids what that law says, and no more: see LawRules.
            if (entry.List is { } list && packs.Lists.Contains(list) || entry.Scope != context.Channel && entry.Scope != ConsentEntry.Everything)
                continue;
            reasons.Add(new("suppressed", Verdict.Block, $"The contact, their address or their company is suppressed{(entry.List is null ? "" : $" by the list '{entry.List}'")}: {entry.Reason}. Whoever is suppressed gets nothing until somebody lifts it."));
            return;
        }

        reasons.Add(new("suppressed", Verdict.Permit, "No suppression holds for this channel."));
    }

    private static void LookAtLedger(SendingContext context, List<Reason> reasons)
    {
        foreach (var will in context.Wills)
        {
            if (will.Act != ConsentAct.Objected || !Unlock.IsAbout(will, context.Channel))
                continue;
            reasons.Add(new("objection", Verdict.Block, $"The contact objected on {Unlock.Day(will.At)}, and an objection is absolute. {Objection}"));
            return;
        }

        reasons.Add(Unlock.Newest(context) is { Act: ConsentAct.Withdrawn } withdrawn
            ? new("withdrawn", Verdict.Block, $"The contact took their consent back on {Unlock.Day(withdrawn.At)}; nothing goes to them over this channel before they agree anew. “The data subject shall have the right to withdraw his or her consent at any time.” (GDPR, article 7(3)).")
            : new("objection", Verdict.Permit, "The consent ledger holds no objection and no withdrawal for this channel."));
    }
}
