using System.Text;
using Playbook.Engine.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Problems;

/// <summary>Changes a document outside of the canvas.</summary>
public sealed class Mending(DefinitionStore store)
{
    /// <summary>Applies the mend to the latest version. Throws <see cref="DefinitionException"/> where it no longer fits, <see cref="DefinitionConflictException"/> where somebody was faster.</summary>
    /// <returns>The document before.</returns>
    public async Task<DefinitionContent> Apply(string definitionId, QuickFix fix, string by, CancellationToken cancellationToken = default)
    {
        var latest = await store.Get(definitionId, cancellationToken: cancellationToken) ?? throw new DefinitionException("The playbook is gone.");
        if (WorkflowDocument.Read(Encoding.UTF8.GetBytes(latest.Json), out _) is not { } document || !fix.Apply(document.Json))
            throw new DefinitionException("The playbook has changed, and this mend no longer fits. Look at the problems again.");
        await store.SaveDraft(definitionId, new(latest.Name, document.Write(), null, latest.ByteOrderMark), by, fix.Title, new DraftBase(latest.DocumentAt), cancellationToken);
        return new(latest.Name, latest.Json, null, latest.ByteOrderMark);
    }

    public Task PutBack(string definitionId, DefinitionContent before, string by, CancellationToken cancellationToken = default) =>
        store.SaveDraft(definitionId, before, by, "undone", cancellationToken: cancellationToken);
}
