using System.Collections.Concurrent;
using Playbook.Engine.Runs;
using Playbook.Sales.Activities;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Phases;
using Playbook.Sales.Reps;
using Playbook.Sales.Sending;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Sending;
using Playbook.Storage.Crm;
using Playbook.Storage.Runs;

namespace Playbook.Server.Demo;

/// <summary>The demo's reps at work: each takes what is due for their roles, asks the policy, acts and says what came of it.</summary>
internal sealed class DemoTeam(Chance chance, DemoWorld world, IReadOnlyDictionary<string, DemoLead> leads, RunTasks tasks, RunHost host, PolicyDesk policy, OpportunityClosing closing)
{
    private const int MostLookedAt = 60;

    private readonly DemoOutcomes _outcomes = new(chance);
    private readonly ConcurrentDictionary<string, int> _times = new(StringComparer.Ordinal);

    // Somebody who may not be called now is left alone for a day instead of being tried each hour.
    private readonly ConcurrentDictionary<string, DateTimeOffset> _later = new(StringComparer.Ordinal);

    public int Done => _done;

    private int _done;

    /// <summary>Half an hour's work of everybody.</summary>
    /// <param name="step">Which half hour since the beginning.</param>
    /// <param name="pace">How many steps a person does in it.</param>
    public async Task Work(int step, int pace)
    {
        var open = tasks.CountByRole().ToDictionary(count => count.Role, count => tasks.List(new TaskFilter { Role = count.Role }, 0, MostLookedAt), StringComparer.Ordinal);
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var work = new List<(Rep Rep, TaskItem Task)>();
        // Who begins changes by the hour, so that two who share a role share its work.
        foreach (var rep in world.Reps.Select((rep, at) => (rep, at)).OrderBy(one => (one.at + step) % world.Reps.Count).Select(one => one.rep))
        {
            var now = host.Clock.GetUtcNow();
            var mine = rep.Roles.Where(open.ContainsKey).SelectMany(role => open[role])
                .Where(task => !taken.Contains(task.Id) && (task.Owner is null || task.Owner == rep.Name) && _later.GetValueOrDefault(task.Id) <= now)
                .OrderBy(task => task.DueAt ?? task.CreatedAt.AddDays(2)).Take(pace).ToList();
            foreach (var task in mine)
            {
                taken.Add(task.Id);
                work.Add((rep, task));
            }
        }

        await Parallel.ForEachAsync(work, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (one, _) => await Do(one.Rep, one.Task));
    }

    private async Task Do(Rep rep, TaskItem task)
    {
        var now = host.Clock.GetUtcNow();
        if (task.Request.Channel == "phone" && await policy.Begin(task.Id) is SendingDecision.Wait or SendingDecision.Block)
        {
            _later[task.Id] = now.AddDays(1);
            return;
        }

        var lead = leads.GetValueOrDefault(task.SubjectId);
        var question = $"{lead?.Number ?? -1} {task.DefinitionId} {task.ActivityId}";
        var about = $"{question} {_times.AddOrUpdate(question, 1, static (_, times) => times + 1)}";
        var outcome = _outcomes.Choose(task.Request.Outcomes, lead?.Heat ?? 0.5, rep.Name + task.DefinitionId, about);
        var value = 20_000m + Math.Round(120m * (decimal)chance.Of(question.Split(' ')[0], "value")) * 1_000m;
        var fields = _outcomes.Fill(task.Request, outcome, value, now, about);
        if (await tasks.Assign(task.Id, rep.Name, task.Owner) && await TaskAnswer.Give(task.Id, outcome, fields, rep.Name, tasks, host) is TaskAnswer.Taken)
        {
            await policy.Done(task.Id);
            Interlocked.Increment(ref _done);
            await KeepBooks(task, outcome, fields, lead);
        }
    }

    // A playbook moves the phase; that a sale is won or lost, people say.
    private async Task KeepBooks(TaskItem task, string outcome, Dictionary<string, object?> fields, DemoLead? lead)
    {
        if (lead is null)
            return;
        switch (task.DefinitionId, outcome)
        {
            case (Phase.Enrollment, "Signed"):
                await closing.Close(lead.OpportunityId, OpportunityStatus.Won);
                break;
            case (Phase.Close, "Complete") when fields.GetValueOrDefault("offer_value") is double worth:
                await closing.Close(lead.OpportunityId, OpportunityStatus.Open, (decimal)worth);
                break;
            case (Phase.LeadGeneration, "Not our customer" or "Never contact") or (Phase.Appointment, "Never contact") or (Phase.Close, "Lost for good" or "Close it"):
                await closing.Close(lead.OpportunityId, OpportunityStatus.Lost);
                break;
        }
    }
}
