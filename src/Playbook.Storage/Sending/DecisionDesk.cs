using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Sending;

/// <summary>
/// Decides about messages one after the other, inside the writer's transaction: what one permit takes of a cap the next
/// question sees. Who has to wait gets a moment of their own, so that nothing bursts when the wait is over.
/// </summary>
internal sealed class DecisionDesk
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1);

    private readonly SendPlan _plan = new();
    private readonly HashSet<string> _lanesKnown = new(StringComparer.Ordinal);
    private DateTimeOffset _forgotten;

    public Decided Decide(LedgerTables ledger, SendingQuestion question, SendingSettings settings)
    {
        if (ledger.WasSent(question.MessageKey))
            return new(new SendingDecision.Block("The message went out before; it is not sent twice.") { RuleId = "sent-before" }) { WasSent = true };
        var (context, account) = ledger.Facts.Read(question, settings);
        var decision = SendingPolicy.Decide(context);
        var lanes = Lanes(ledger, question, context);
        if (decision is SendingDecision.Wait wait)
            decision = Spread(question, context, wait, lanes);
        else
            _plan.Remove(question.MessageKey);
        ledger.Add(DecisionText.Keep(question, context, decision));
        if (decision is SendingDecision.Permit)
        {
            ledger.Add(Reserved(question, context, account));
            foreach (var (lane, _) in lanes)
                _plan.Note(lane, question.Now);
        }

        Forget(question.Now);
        return new(decision);
    }

    private SendingDecision Spread(SendingQuestion question, SendingContext context, SendingDecision.Wait wait, IReadOnlyList<(string, Pace)> lanes) =>
        _plan.Place(question.MessageKey, lanes, wait.Until, SendingPolicy.HoursOf(context).Next) is { } moment ? wait with { Until = moment } : wait;

    private List<(string Name, Pace Pace)> Lanes(LedgerTables ledger, SendingQuestion question, SendingContext context)
    {
        var settings = context.Settings;
        var lanes = new List<(string, Pace)>(2);
        if (question.Mailbox is { } mailbox)
        {
            var perDay = context.Caps.FirstOrDefault(cap => cap.Id == "mailbox-day")?.Limit ?? 0;
            lanes.Add(("mailbox " + mailbox, new Pace(settings.Mailbox.PerHour, perDay, settings.MailboxGap)));
            if (_lanesKnown.Add("mailbox " + mailbox))
                foreach (var at in ledger.SentFrom(mailbox, question.Now - Remembered))
                    _plan.Note("mailbox " + mailbox, at);
        }
        else
        {
            lanes.Add(("channel " + question.Channel, Pace.Unlimited));
        }

        if (question.Channel == "email" && SuppressionKey.DomainOf(context.Email) is { } domain)
            lanes.Add(("domain " + domain, new Pace(settings.Domain.PerHour, settings.Domain.PerDay, TimeSpan.Zero)));
        return lanes;
    }

    private static Touch Reserved(SendingQuestion question, SendingContext context, Guid? account)
    {
        var address = ChannelClass.AddressFor(context)?.Address;
        return new()
        {
            Id = Guid.CreateVersion7(question.Now), Key = Touch.KeyOut(question.MessageKey), Channel = question.Channel, Direction = TouchDirection.Out, Kind = TouchKind.Permitted, At = question.Now,
            ContactId = question.ContactId, AccountId = account, RunId = question.RunId, RepId = question.RepId, MessageKey = question.MessageKey, Mailbox = question.Mailbox,
            Address = address, Domain = SuppressionKey.DomainOf(address),
        };
    }

    private void Forget(DateTimeOffset now)
    {
        if (now - _forgotten < TimeSpan.FromHours(1))
            return;
        _forgotten = now;
        _plan.Forget(now - Remembered);
    }
}
