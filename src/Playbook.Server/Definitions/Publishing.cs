using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Definitions;

/// <summary>What publishing will do.</summary>
/// <param name="Live">The version that new runs take until then; null where none is published.</param>
/// <param name="UnderWay">The runs that stay on the version that they began on.</param>
public sealed record PublishPlan(PlaybookReport Report, DefinitionVersion? Live, IReadOnlyList<RunsOnVersion> UnderWay)
{
    public DefinitionVersion Draft => Report.Version;
    public bool IsPublished => Draft.IsPublished;
    public bool IsPossible => !IsPublished && !Report.HasErrors;
    public long RunsUnderWay => UnderWay.Sum(version => version.Count);
}

/// <summary>Publishes playbooks: errors stop it, warnings do not, and runs that are under way stay on their version.</summary>
public sealed class Publishing(DefinitionStore store, PlaybookChecks checks, RunQueries runs)
{
    /// <summary>Null where there is no such playbook.</summary>
    public async Task<PublishPlan?> Plan(string definitionId, CancellationToken cancellationToken = default) =>
        await checks.Latest(definitionId, cancellationToken) is not { } report
            ? null
            : new PublishPlan(report, await store.Get(definitionId, VersionChoice.Published, cancellationToken), runs.UnderWayByVersion(definitionId));

    /// <exception cref="PlaybookErrorsException">The latest version has errors.</exception>
    /// <exception cref="DefinitionConflictException">Somebody changed it between the check and the publishing.</exception>
    /// <exception cref="DefinitionException">There is no such playbook.</exception>
    public async Task<DefinitionVersion> Publish(string definitionId, string? reason, string by, CancellationToken cancellationToken = default)
    {
        var report = await checks.Latest(definitionId, cancellationToken) ?? throw new DefinitionException($"There is no playbook \"{definitionId}\".");
        return report.HasErrors
            ? throw new PlaybookErrorsException(report)
            : await store.Publish(definitionId, reason, by, report.Version.ContentHash, cancellationToken);
    }
}

/// <summary>A playbook cannot be published because of its errors.</summary>
public sealed class PlaybookErrorsException(PlaybookReport report)
    : Exception($"\"{report.Version.Name}\" has errors. {Words(report)}")
{
    public IReadOnlyList<Diagnostic> Errors { get; } = [.. report.Errors];

    private static string Words(PlaybookReport report)
    {
        var errors = report.Errors.ToList();
        return string.Join(" ", errors.Take(5).Select(error => error.ActivityId is null ? error.Message : $"{error.ActivityId}: {error.Message}"))
            + (errors.Count > 5 ? $" And {errors.Count - 5} more." : "");
    }
}
