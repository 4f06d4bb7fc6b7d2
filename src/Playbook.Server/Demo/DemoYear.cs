using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Phases;
using Playbook.Sales.Subjects;
using Playbook.Server.Host;
using Playbook.Server.Sending;
using Playbook.Server.Subjects;
using Playbook.Server.Workers;
using Playbook.Storage;
using Playbook.Storage.Crm;
using Playbook.Storage.Runs;

namespace Playbook.Server.Demo;

/// <summary>What a demo is to be like.</summary>
/// <param name="Months">How long its history is.</param>
/// <param name="Leads">How many come in that time.</param>
/// <param name="Seed">The same seed gives the same company.</param>
public sealed record DemoPlan(int Months = 12, int Leads = 420, int Seed = 7);

/// <summary>What a demo became.</summary>
public sealed record DemoResult(int Leads, int Steps, int Messages, int Won, int Lost, int OpenTasks, int Incidents);

/// <summary>
/// A year of a company that does not exist, on the real engine with the real workers, policy and playbooks: only the clock is
/// fast, the channel leads nowhere, and chance answers for the people.
/// </summary>
internal sealed class DemoYear(IServiceProvider services, DemoChannel channel, DemoPlan plan)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Copenhagen");

    private readonly Chance _chance = new(plan.Seed);
    private readonly Dictionary<string, DemoLead> _leads = new(StringComparer.Ordinal);
    private readonly RunHost _host = services.GetRequiredService<RunHost>();
    private readonly RunStore _store = services.GetRequiredService<RunStore>();
    private readonly TimeTravel _travel = services.GetRequiredService<TimeTravel>();
    private readonly ManualClock _clock = (ManualClock)services.GetRequiredService<TimeProvider>();
    private readonly IDbContextFactory<PlaybookDb> _databases = services.GetRequiredService<IDbContextFactory<PlaybookDb>>();

    /// <param name="until">When the history ends: now.</param>
    /// <param name="progress">How far it is, from 0 to 1, and the day.</param>
    /// <param name="cancellationToken">Gives it up; the database is half made then.</param>
    public async Task<DemoResult> Live(DateTimeOffset until, IProgress<(double Part, DateTimeOffset Day)>? progress, CancellationToken cancellationToken)
    {
        var from = _clock.GetUtcNow();
        var world = new DemoWorld(_chance);
        await using (var database = await _databases.CreateDbContextAsync(cancellationToken))
            await world.Begin(database, from);
        var team = new DemoTeam(
            _chance, world, _leads, _store.Tasks, _host, services.GetRequiredService<PolicyDesk>(), new OpportunityClosing(_databases, _clock));
        var contacts = new DemoContacts(_chance, channel, _store.Inbound);
        var coming = new Queue<DemoLead>(Leads(from, until));
        // Towards the end one company's server lets nobody in: that is what an incident looks like.
        channel.IsAway = address => _clock.GetUtcNow() > until.AddDays(-10) && _chance.Of(address[(address.IndexOf('@', StringComparison.Ordinal) + 1)..], "away") < 0.2;
        var lastDays = LastWorkdays(TimeZoneInfo.ConvertTime(until, Zone).Date);
        var step = 0;
        for (var at = Next(from, step); at < until; at = Next(at, step))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What falls due in between is done a little late, as on a machine that is busy.
            _clock.MoveTo(at);
            await _travel.Settle(cancellationToken);
            await Arrive(world, coming, cancellationToken);
            await contacts.Answer(at);
            // Some of the last two days' work is left for whoever looks at the demo.
            var local = TimeZoneInfo.ConvertTime(at, Zone);
            if (local.Date < lastDays)
                await team.Work(step, pace: 5);
            else if (local.Hour < 10)
                await team.Work(step, pace: 1);
            await _travel.Settle(cancellationToken);
            step++;
            if (step % 40 == 0)
                progress?.Report(((at - from) / (until - from), at));
        }

        await Strangers(until);
        await _travel.MoveTo(until, cancellationToken);
        return await Result(team, cancellationToken);
    }

    private IEnumerable<DemoLead> Leads(DateTimeOffset from, DateTimeOffset until)
    {
        var span = until - from;
        return Enumerable.Range(1, plan.Leads).Select(number =>
        {
            var key = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
            // More come as the year goes on, and fewer in July.
            var part = Math.Pow(_chance.Of(key, "when"), 0.8);
            var at = Workday(from + (span * part), key);
            if (at.Month == 7 && _chance.Of(key, "summer") < 0.5)
                at = Workday(at.AddDays(45) < until ? at.AddDays(45) : at.AddDays(-45), key);
            var source = _chance.Of(key, "source") switch { < 0.5 => "outbound", < 0.68 => "website", < 0.78 => "referral", < 0.9 => "advertising", _ => "direct-mail" };
            var heat = Math.Clamp(0.25 + (0.5 * _chance.Of(key, "heat")) + (source is "referral" ? 0.2 : source is "website" ? 0.1 : 0), 0, 1);
            return new DemoLead(number, at, heat, source);
        }).Where(lead => lead.At < until).OrderBy(lead => lead.At);
    }

    private DateTimeOffset Workday(DateTimeOffset at, string key)
    {
        var day = at.UtcDateTime.Date;
        day = day.DayOfWeek switch { DayOfWeek.Saturday => day.AddDays(-1), DayOfWeek.Sunday => day.AddDays(1), _ => day };
        return new DateTimeOffset(day, TimeSpan.Zero).AddMinutes(_chance.Between(7 * 60, 15 * 60, key, "minute"));
    }

    private async Task Arrive(DemoWorld world, Queue<DemoLead> coming, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        var came = new List<DemoLead>();
        await using (var database = await _databases.CreateDbContextAsync(cancellationToken))
        {
            while (coming.TryPeek(out var next) && next.At <= now)
                came.Add(world.Arrive(database, coming.Dequeue()));
            if (came.Count == 0)
                return;
            await database.SaveChangesAsync(cancellationToken);
        }

        var lookup = services.GetRequiredService<SubjectLookup>();
        var playbook = await _host.Sources.Published(Phase.LeadGeneration) ?? throw new HostException(Commands.ExitCodes.InvalidInput, "The demo needs the playbook 'lead-generation'. Name the folder that holds it with --playbooks.");
        foreach (var lead in came)
        {
            _leads[lead.OpportunityId.ToString("D")] = lead;
            _leads[lead.ContactId.ToString("D")] = lead;
            if (await lookup.Find(SubjectFacts.OpportunityKind, lead.OpportunityId.ToString("D")) is { } subject)
                await _host.Start(playbook, new StartRequest { Subject = subject, Input = new Dictionary<string, object?> { ["source"] = lead.Source } }, cancellationToken);
        }
    }

    // Two answers from people whom nobody knows, as every inbox has them.
    private async Task Strangers(DateTimeOffset until)
    {
        await _store.Inbound.Take("email", new ChannelEvent.Replied("demo-stranger-1", until.AddHours(-5), "My colleague forwarded your note. Could you call me about the clinics? Best, Tove") { Subject = "Fwd: Two minutes about no-shows", Address = "tove@havn-klinik.example" }, until.AddHours(-5));
        await _store.Inbound.Take("email", new ChannelEvent.Replied("demo-stranger-2", until.AddHours(-2), "Unsubscribe me from whatever this is.") { Subject = "Re: hello", Address = "info@somewhere-else.example" }, until.AddHours(-2));
    }

    private async Task<DemoResult> Result(DemoTeam team, CancellationToken cancellationToken)
    {
        await using var database = await _databases.CreateDbContextAsync(cancellationToken);
        return new(
            _leads.Count / 2, team.Done,
            await database.Touches.CountAsync(touch => touch.Channel == "email" && touch.Direction == Sales.Sending.TouchDirection.Out, cancellationToken),
            await database.Opportunities.CountAsync(one => one.Status == Sales.Opportunities.OpportunityStatus.Won, cancellationToken),
            await database.Opportunities.CountAsync(one => one.Status == Sales.Opportunities.OpportunityStatus.Lost, cancellationToken),
            (int)_store.Tasks.Count(new TaskFilter()), (int)_store.Queries.Count(new RunFilter { WithIncidents = true }));
    }

    private static DateTime LastWorkdays(DateTime today)
    {
        var (day, left) = (today.AddDays(1), 2);
        while (left > 0)
            if ((day = day.AddDays(-1)).DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday))
                left--;
        return day;
    }

    /// <summary>The next moment at which somebody works, some half an hour later: from 8 to 17 on a working day in Copenhagen.</summary>
    private DateTimeOffset Next(DateTimeOffset at, int step)
    {
        var next = TimeZoneInfo.ConvertTime(at, Zone).DateTime.AddSeconds(_chance.Between(17 * 60, 43 * 60, step.ToString(System.Globalization.CultureInfo.InvariantCulture), "step"));
        while (next.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday || next.Hour is < 8 or > 16)
            next = (next.Hour < 8 && next.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) ? next.Date : next.Date.AddDays(1)).AddHours(8).AddMinutes(next.Minute % 20);
        return new DateTimeOffset(next, Zone.GetUtcOffset(next)).ToUniversalTime();
    }
}
