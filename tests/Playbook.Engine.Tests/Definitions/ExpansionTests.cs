using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;

namespace Playbook.Engine.Tests.Definitions;

public sealed class ExpansionTests
{
    /// <summary>Each level uses the next one twice: 2^20 activities out of a few lines.</summary>
    [Fact]
    public void Workflows_used_as_activities_cannot_multiply_without_end()
    {
        var catalog = new ActivityCatalog(BuiltInActivities.All, []);
        var compiler = new DefinitionCompiler(catalog.Descriptions, activity => Level(activity["type"]!.ToString()));
        var compiled = compiler.Compile(Encoding.UTF8.GetBytes(Level("L0")!.Write()));
        Assert.Null(compiled.Definition);
        Assert.Contains(compiled.Diagnostics, d => d.Code == DiagnosticCodes.TooLarge);
    }

    private static WorkflowDocument? Level(string name)
    {
        if (!int.TryParse(name.AsSpan(1), out var level) || level > 20)
            return null;
        var activities = new JsonArray(new JsonObject { ["id"] = "a", ["type"] = $"L{level + 1}" }, new JsonObject { ["id"] = "b", ["type"] = $"L{level + 1}" });
        return WorkflowDocument.From(new JsonObject { ["definitionId"] = name, ["root"] = new JsonObject { ["id"] = "root", ["type"] = "Elsa.Sequence", ["activities"] = activities } });
    }
}
