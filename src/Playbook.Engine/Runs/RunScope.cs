using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;

namespace Playbook.Engine.Runs;

/// <summary>What a script that belongs to a run may see of it between two turns.</summary>
public static class RunScope
{
    /// <param name="definition">The run's own version.</param>
    /// <param name="state">The run; it is not changed.</param>
    /// <param name="subject">The subject with its facts as they are now.</param>
    /// <param name="now">UTC.</param>
    /// <param name="bookmarkId">What the script belongs to: the variables of that step's surroundings are seen too; null for the run's own.</param>
    public static IExpressionScope At(PlaybookDefinition definition, RunState state, Subject subject, DateTimeOffset now, string? bookmarkId = null)
    {
        ArgumentNullException.ThrowIfNull(state);
        var copy = state.Clone();
        copy.Subject = subject;
        var bookmark = copy.Bookmarks.Find(b => b.Id == bookmarkId);
        return new ExecutionScope(copy, definition, bookmark is null ? null : copy.Executions.Find(e => e.Id == bookmark.Execution), now);
    }
}
