using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Activities;

/// <summary>A run as scripts see it: its variables, inputs and previous outcomes, and the facts of its subject.</summary>
public static class RunScope
{
    /// <param name="definition">The run's pinned version.</param>
    /// <param name="state">The run; scripts cannot change it.</param>
    /// <param name="now">What <c>now</c> says.</param>
    public static IExpressionScope Of(PlaybookDefinition definition, RunState state, DateTimeOffset now) => new ExecutionScope(state.Clone(), definition, null, now);
}
