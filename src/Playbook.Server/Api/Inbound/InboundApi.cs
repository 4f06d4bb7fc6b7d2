using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Server.Access;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Inbound;

namespace Playbook.Server.Api.Inbound;

/// <summary>What came in over channels, what nobody knows the sender of, and what the operator must look at.</summary>
internal static class InboundApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var inbound = api.MapGroup("/inbound").WithTags("Inbound");
        inbound.MapGet("", List).WithSummary("What came in over channels, newest first; state=unmatched for what is about nobody known");
        inbound.MapPost("/{number:long}/assign", Assign).WithSummary("Says which contact an event is about that matched nobody");
        inbound.MapPost("/{number:long}/dismiss", Dismiss).WithSummary("Puts an event aside that matched nobody");
        var incidents = api.MapGroup("/channel-incidents").WithTags("Inbound");
        incidents.MapGet("", Incidents).WithSummary("What the operator must look at: messages turned away, complaints, mailboxes that are paused");
        incidents.MapPost("/{id:guid}/resolve", Resolve).WithSummary("Says that an incident was looked into; a paused mailbox sends again");
    }

    private static Results<Ok<Page<ReceivedEvent>>, ProblemHttpResult> List([AsParameters] Paging paging, EventInbox inbox, string? state, string? channel, string? kind, Guid? contactId)
    {
        var only = default(EventState);
        if (state is not null && (!Enum.TryParse(state, ignoreCase: true, out only) || !Enum.IsDefined(only)))
            return Problems.Unprocessable(("state", $"'{state}' is no state of an event; there are waiting, handled, unmatched and dismissed."));
        var filter = new EventFilter { State = state is null ? null : only, Channel = channel, Kind = kind, ContactId = contactId };
        return TypedResults.Ok(new Page<ReceivedEvent>([.. inbox.List(filter, paging.From, paging.Count).Select(ReceivedEvent.Of)], inbox.Count(filter)));
    }

    private static async Task<Results<Ok<ReceivedEvent>, ProblemHttpResult>> Assign(long number, AssignEvent body, EventInbox inbox, IDbContextFactory<PlaybookDb> databases, Wakeups wakeups, TimeProvider clock, CancellationToken cancellationToken)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        if (!await database.Contacts.AnyAsync(contact => contact.Id == body.ContactId, cancellationToken))
            return Problems.Unprocessable(("contactId", $"There is no contact '{body.ContactId}'."));
        if (!await inbox.TakeAgain(number, body.ContactId, clock.GetUtcNow()))
            return NotUnmatched(number, inbox);
        wakeups.Inbound.Ring();
        return TypedResults.Ok(ReceivedEvent.Of(inbox.Get(number)!));
    }

    private static async Task<Results<Ok<ReceivedEvent>, ProblemHttpResult>> Dismiss(long number, EventInbox inbox, TimeProvider clock)
    {
        if (inbox.Get(number) is not { State: EventState.Unmatched })
            return NotUnmatched(number, inbox);
        await inbox.Close(number, new EventOutcome(EventState.Dismissed, "Somebody put it aside."), clock.GetUtcNow());
        return TypedResults.Ok(ReceivedEvent.Of(inbox.Get(number)!));
    }

    private static IReadOnlyList<ChannelIncident> Incidents(EventInbox inbox, bool? resolved) => inbox.Incidents(resolved ?? false);

    private static async Task<Results<NoContent, ProblemHttpResult>> Resolve(Guid id, ResolveIncident? body, CurrentPerson person, EventInbox inbox, Wakeups wakeups, TimeProvider clock)
    {
        if (!await inbox.Resolve(id, person.ActsAs(body?.By), clock.GetUtcNow()))
            return Problems.NotFound($"There is no open incident '{id}'.");
        wakeups.Outbox.Ring();
        return TypedResults.NoContent();
    }

    private static ProblemHttpResult NotUnmatched(long number, EventInbox inbox) => inbox.Get(number) is { } known
        ? Problems.Conflict($"Event {number} is not among those that matched nobody: {known.Result ?? "it is being handled."}")
        : Problems.NotFound($"There is no event {number}.");
}

/// <param name="ContactId">Whom the event is about.</param>
internal sealed record AssignEvent(Guid ContactId);

/// <param name="By">Who looked into it.</param>
internal sealed record ResolveIncident(string? By);

/// <summary>Something that came in over a channel.</summary>
/// <param name="Kind">Replied, AutoReplied, Bounced, Complained, Unsubscribed, Delivered, Failed or Answered.</param>
/// <param name="Result">What came of it.</param>
/// <param name="MatchedBy">By what it was found whom it is about.</param>
internal sealed record ReceivedEvent(
    long Number, string Channel, string EventId, string Kind, DateTimeOffset At, DateTimeOffset ReceivedAt, EventState State, string? Address, string? Text,
    string? Result, string? MatchedBy, Guid? ContactId, Guid? RunId, string? MessageKey)
{
    public static ReceivedEvent Of(InboundEvent inbound) => new(
        inbound.Number, inbound.Channel, inbound.Event.Id, inbound.Event.GetType().Name, inbound.Event.At, inbound.ReceivedAt, inbound.State, inbound.Event.Address, TextOf(inbound.Event),
        inbound.Result, inbound.MatchedBy, inbound.ContactId, inbound.RunId, inbound.Event.MessageKey);

    private static string? TextOf(ChannelEvent e) => e switch
    {
        ChannelEvent.Replied reply => reply.Text,
        ChannelEvent.AutoReplied away => away.Text,
        ChannelEvent.Bounced bounced => bounced.Reason,
        ChannelEvent.Unsubscribed no => no.Wording,
        ChannelEvent.Failed failed => failed.Reason,
        ChannelEvent.Answered answered => answered.Answer,
        _ => null,
    };
}
