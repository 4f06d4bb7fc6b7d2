using Microsoft.Extensions.Localization;
using Playbook.Engine.Runs;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Runs;

/// <summary>Which runs to show.</summary>
/// <param name="Status"><c>running</c>, <c>finished</c>, <c>faulted</c>, <c>paused</c> or <c>cancelled</c>; null for all.</param>
/// <param name="Search">Part of a name or an e-mail address, or a run's id.</param>
public sealed record RunChoice(string? Playbook = null, string? Status = null, bool Incidents = false, string? Search = null, int Page = 1);

/// <summary>A run in the list.</summary>
/// <param name="Who">Whom it is about; null for nobody.</param>
public sealed record RunRow(RunSummary Run, string Playbook, string? Who)
{
    public string Colour => Run.IsPaused ? "amber" : RunStateWords.Colour(Run.Status, Run.SubStatus, Run.OpenIncidents);
}

/// <summary>One page of the list.</summary>
public sealed record RunRows(IReadOnlyList<RunRow> Rows, long Total, int Page)
{
    public const int Size = 50;
    public int Pages => (int)Math.Max(1, (Total + Size - 1) / Size);
}

/// <summary>The runs as the list shows them.</summary>
public sealed class RunShelf(RunQueries runs, RunNames names, DefinitionStore store, IStringLocalizer<Texts> L)
{
    public async Task<RunRows> Load(RunChoice choice, CancellationToken cancellationToken = default)
    {
        var (found, total) = await Find(choice, cancellationToken);
        var playbooks = (await store.List(cancellationToken: cancellationToken)).ToDictionary(version => version.DefinitionId, version => version.Name);
        var who = await names.Of(found.Where(run => run.SubjectId.Length > 0).Select(run => (run.SubjectKind, run.SubjectId)), cancellationToken);
        return new([.. found.Select(run => new RunRow(
            run, playbooks.GetValueOrDefault(run.DefinitionId, run.DefinitionId),
            run.SubjectId.Length == 0 ? null : who.GetValueOrDefault((run.SubjectKind, run.SubjectId), L["somebody who is gone"])))], total, choice.Page);
    }

    private async Task<(IReadOnlyList<RunSummary> Found, long Total)> Find(RunChoice choice, CancellationToken cancellationToken)
    {
        var filter = FilterOf(choice);
        if (string.IsNullOrWhiteSpace(choice.Search))
            return (runs.List(filter, (Math.Max(1, choice.Page) - 1) * RunRows.Size, RunRows.Size), runs.Count(filter));
        var words = choice.Search.Trim();
        var subjects = await names.Find(words, cancellationToken);
        var found = subjects.SelectMany(subject => runs.List(filter with { SubjectId = subject }, 0, RunRows.Size)).ToList();
        if (Guid.TryParse(words, out var id))
            found.AddRange(runs.List(filter with { SubjectId = id.ToString() }, 0, RunRows.Size));
        found.AddRange(runs.List(filter with { CorrelationId = words }, 0, RunRows.Size));
        var all = found.DistinctBy(run => run.Id).OrderByDescending(run => run.CreatedAt).ToList();
        return ([.. all.Skip((Math.Max(1, choice.Page) - 1) * RunRows.Size).Take(RunRows.Size)], all.Count);
    }

    private static RunFilter FilterOf(RunChoice choice)
    {
        var filter = new RunFilter { DefinitionId = string.IsNullOrEmpty(choice.Playbook) ? null : choice.Playbook, WithIncidents = choice.Incidents };
        return choice.Status switch
        {
            "running" => filter with { Status = RunStatus.Running },
            "finished" => filter with { SubStatus = RunSubStatus.Finished },
            "faulted" => filter with { SubStatus = RunSubStatus.Faulted },
            "paused" => filter with { Paused = true },
            "cancelled" => filter with { SubStatus = RunSubStatus.Cancelled },
            _ => filter,
        };
    }
}
