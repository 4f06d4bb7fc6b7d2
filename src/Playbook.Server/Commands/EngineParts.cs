using System.Text.Json.Nodes;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Host;
using Playbook.Server.Plugins;

namespace Playbook.Server.Commands;

/// <summary>The engine as commands use it that need no database: Elsa's activities and those of sales.</summary>
internal sealed class EngineParts(Func<JsonObject, WorkflowDocument?>? resolveWorkflow = null)
{
    private static readonly Lazy<ActivityCatalog> WithChannels = new(() =>
    {
        var catalog = Composition.NewCatalog([]);
        catalog.Offer(PluginSteps.Here());
        return catalog;
    });

    /// <summary>With the steps of the channel plugins that are here.</summary>
    public static ActivityCatalog Catalog => WithChannels.Value;

    public DefinitionCompiler Compiler { get; } = new(Catalog.Descriptions, resolveWorkflow);

    public RunEngine Engine { get; } = new(Catalog, new ExpressionEvaluator());
}
