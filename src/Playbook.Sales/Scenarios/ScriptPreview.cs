using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;

namespace Playbook.Sales.Scenarios;

/// <summary>Shows a script of a playbook as somebody would read it, without a run.</summary>
public sealed class ScriptPreview(ScriptTemplates templates)
{
    /// <summary>Throws <see cref="ExpressionException"/> where the script is broken.</summary>
    /// <param name="definition">The playbook; its variables and inputs may stand in the script.</param>
    /// <param name="script">The script's text.</param>
    /// <param name="subject">Whom it is about.</param>
    /// <param name="notes">What the steps before have brought in.</param>
    /// <param name="now">What <c>now</c> says.</param>
    public MarkedScript Render(PlaybookDefinition definition, string script, Subject subject, TypicalNotes notes, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(notes);
        var run = RunEngine.NewRun(definition, Guid.CreateVersion7(now), subject, now);
        run.Variables = [.. definition.Variables.Select(variable => Value(variable, notes))];
        run.Input = definition.Inputs.Where(input => notes.Values.ContainsKey(input.Name)).ToDictionary(input => input.Name, input => notes.Values[input.Name]);
        run.PreviousOutcomes = new Dictionary<string, string>(notes.Outcomes);
        return templates.RenderMarked(script, RunScope.Of(definition, run, now));
    }

    private static object? Value(VariableDefinition variable, TypicalNotes notes)
    {
        try
        {
            if (notes.Values.GetValueOrDefault(variable.Name) is { } noted)
                return ValueConversion.To(noted, variable.FullTypeName);
            return string.IsNullOrEmpty(variable.Default) ? null : ValueConversion.To(variable.Default, variable.FullTypeName);
        }
        catch (ExpressionException)
        {
            return null;
        }
    }
}
