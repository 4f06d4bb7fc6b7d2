using System.Text;
using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Server.Definitions;

namespace Playbook.Server.Inbound;

/// <summary>
/// The playbooks that the server runs by itself when a person must look at something that came in. A published playbook with
/// the same id is run instead, so that a company can have its own way.
/// </summary>
public sealed class OwnPlaybooks(ActivityCatalog catalog)
{
    public const string FindAddress = "find-the-right-address";
    public const string ReadAnswer = "read-an-answer";

    private readonly Lazy<IReadOnlyList<CompiledPlaybook>> _all = new(() => [Compile(catalog, FindAddress), Compile(catalog, ReadAnswer)]);

    /// <summary>Null where it is none of them.</summary>
    public CompiledPlaybook? Version(string versionId) => _all.Value.FirstOrDefault(own => own.Definition.VersionId == versionId);

    /// <summary>Null where it is none of them.</summary>
    public CompiledPlaybook? Find(string definitionId) => _all.Value.FirstOrDefault(own => own.Definition.DefinitionId == definitionId);

    private static CompiledPlaybook Compile(ActivityCatalog catalog, string name)
    {
        using var stream = typeof(OwnPlaybooks).Assembly.GetManifestResourceStream($"Playbooks/{name}.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var result = new DefinitionCompiler(catalog.Descriptions).Compile(Encoding.UTF8.GetBytes(reader.ReadToEnd()));
        return result.Definition is { } definition
            ? new CompiledPlaybook(definition, new Dictionary<string, string>())
            : throw new InvalidOperationException($"The server's own playbook '{name}' does not compile: {string.Join(" ", result.Diagnostics)}");
    }
}
