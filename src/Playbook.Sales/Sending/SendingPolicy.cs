namespace Playbook.Sales.Sending;

/// <summary>
/// Whether a message may go: pure, so that the worker, a preview and a simulation all say the same. No channel is called
/// without its leave.
/// </summary>
public static class SendingPolicy
{
    /// <summary>How long a leave holds: long enough to send, too short to send on old facts.</summary>
    public static readonly TimeSpan PermitHolds = TimeSpan.FromMinutes(5);

    private const string Email = "email";

    public static SendingDecision Decide(SendingContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        // First of all: it outranks every consent and every channel.
        if (context.DoNotContact)
            return new SendingDecision.Block("The contact asked not to be contacted; no message goes to them over any channel.");
        if (!context.HasContact)
            return new SendingDecision.Block("Nobody is known whom the message could go to; give the opportunity a contact.");
        return context.Channel == Email ? ByEmail(context) : Permit(context, "Nothing stands against a message over this channel.");
    }

    private static SendingDecision ByEmail(SendingContext context)
    {
        if (string.IsNullOrWhiteSpace(context.Email))
            return new SendingDecision.Block("The contact has no e-mail address; write it down first, or use another channel.");
        if (context.ConsentEmail)
            return Permit(context, "The contact agreed to get e-mail.");
        if (context.IsConsumer)
            return new SendingDecision.Block("Consumers get e-mail only after they agreed to it, and this contact has not.");
        if (string.IsNullOrWhiteSpace(context.Country))
            return new SendingDecision.Block("The contact's country is not known, and in some countries e-mail needs consent first; write the country down, or ask for consent.");
        if (string.Equals(context.Country, "DK", StringComparison.OrdinalIgnoreCase))
            return new SendingDecision.Block("In Denmark e-mail needs consent first, companies included (Marketing Practices Act, section 10), and this contact has not agreed.");
        return Permit(context, "A person at a company outside Denmark may be written to about business.");
    }

    private static SendingDecision.Permit Permit(SendingContext context, string rule) => new(context.Now + PermitHolds, rule);
}
