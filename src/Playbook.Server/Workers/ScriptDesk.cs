using Playbook.Abstractions;
using Playbook.Engine.Activities;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Definitions;

namespace Playbook.Server.Workers;

/// <summary>Renders the scripts of a run from the version that it is pinned to, with the facts as they are now.</summary>
public sealed class ScriptDesk(DefinitionCache definitions, ScriptTemplates templates, TimeProvider clock)
{
    /// <summary>As it is sent. Throws <see cref="ExpressionException"/> where there is no such script or it has gaps.</summary>
    public async ValueTask<RenderedScript> Strict(RunState state, Subject subject, string script)
    {
        var (text, scope) = await Find(state, subject, script);
        return templates.RenderStrict(text ?? throw new ExpressionException(Missing(script)), scope);
    }

    /// <summary>As a person reads it, with gaps shown; a script that is missing or broken says so in its text.</summary>
    public async ValueTask<RenderedScript> Preview(RunState state, Subject subject, string script)
    {
        var (text, scope) = await Find(state, subject, script);
        if (text is null)
            return new RenderedScript(null, Missing(script));
        try
        {
            return templates.RenderPreview(text, scope);
        }
        catch (ExpressionException broken)
        {
            return new RenderedScript(null, $"The script '{script}' cannot be shown: {broken.Message}");
        }
    }

    /// <summary>
    /// As a person reads it, in pieces that tell what was filled in and what is missing. Throws <see cref="ExpressionException"/>
    /// where there is no such script or it is broken.
    /// </summary>
    public async ValueTask<MarkedScript> Marked(RunState state, Subject subject, string script)
    {
        var (text, scope) = await Find(state, subject, script);
        return templates.RenderMarked(text ?? throw new ExpressionException(Missing(script)), scope);
    }

    private async ValueTask<(string? Text, IExpressionScope Scope)> Find(RunState state, Subject subject, string script)
    {
        var version = await definitions.Version(state.DefinitionVersionId);
        var contact = subject.Facts.GetValueOrDefault("contact") as IReadOnlyDictionary<string, object?>;
        var fresh = state.Clone();
        fresh.Subject = subject;
        return (version.Script(script, contact?.GetValueOrDefault("language") as string), RunScope.Of(version.Definition, fresh, clock.GetUtcNow()));
    }

    private static string Missing(string script) => $"The playbook has no script '{script}'; add it to the playbook's scripts.";
}
