using Playbook.Engine.Runs;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Designer;

/// <summary>Reads a playbook as the designer shows it.</summary>
public sealed class DesignerDesk(DefinitionStore store, PlaybookChecks checks, RunQueries runs)
{
    /// <summary>Null where there is no such playbook.</summary>
    public async Task<DesignerState?> Load(string definitionId, CancellationToken cancellationToken = default)
    {
        if (await checks.Latest(definitionId, cancellationToken) is not { } report)
            return null;
        var published = report.Version.IsPublished ? report.Version : await store.Get(definitionId, VersionChoice.Published, cancellationToken);
        var running = runs.Count(new RunFilter { DefinitionId = definitionId, Status = RunStatus.Running });
        return new DesignerState(report.Version, published, report.Diagnostics, running) { Playbook = report.Playbook };
    }
}
