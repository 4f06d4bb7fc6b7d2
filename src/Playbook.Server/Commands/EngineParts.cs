using System.Text.Json.Nodes;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Host;

namespace Playbook.Server.Commands;

/// <summary>The engine as commands use it that need no database: Elsa's activities and those of sales.</summary>
internal sealed class EngineParts(Func<JsonObject, WorkflowDocument?>? resolveWorkflow = null)
{
    public static ActivityCatalog Catalog => Composition.Catalog;

    public DefinitionCompiler Compiler { get; } = new(Catalog.Descriptions, resolveWorkflow);

    public RunEngine Engine { get; } = new(Catalog, new ExpressionEvaluator());
}
