using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Commands.Run;

/// <summary>
/// The definitions beside the one that is run: what it starts or uses as an activity is looked for there, by definition
/// id, then by version id, then by name.
/// </summary>
internal sealed class FolderWorkflows
{
    private const int MostFiles = 1000;

    private readonly string _folder;
    private readonly Dictionary<string, PlaybookDefinition> _versions = [];
    private readonly Dictionary<string, PlaybookDefinition?> _compiled = [];
    private Dictionary<string, WorkflowDocument>? _documents;

    public FolderWorkflows(string file)
    {
        _folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Parts = new EngineParts(Resolve);
    }

    public EngineParts Parts { get; }

    /// <summary>What was wrong with files that were looked at.</summary>
    public List<string> Problems { get; } = [];

    public void Add(PlaybookDefinition definition)
    {
        _versions[definition.VersionId] = definition;
        _compiled[definition.DefinitionId] = definition;
    }

    public PlaybookDefinition Version(string versionId) =>
        _versions.GetValueOrDefault(versionId) ?? throw new InvalidOperationException($"There is no version {versionId} of a definition here.");

    /// <summary>The definition that a run is to start; null where no file here holds it.</summary>
    public PlaybookDefinition? Published(string name)
    {
        if (_compiled.TryGetValue(name, out var known))
            return known;
        PlaybookDefinition? definition = null;
        if (Documents().GetValueOrDefault(name) is { } document)
        {
            var compiled = Parts.Compiler.Compile(document);
            Problems.AddRange(compiled.Diagnostics.Where(d => d.Severity == Severity.Error).Select(d => $"{name}: {d}"));
            definition = compiled.Definition;
        }

        _compiled[name] = definition;
        if (definition is not null)
            _versions.TryAdd(definition.VersionId, definition);
        return definition;
    }

    private WorkflowDocument? Resolve(JsonObject activity)
    {
        // Elsa's own activities are never a definition, whatever a file here is called.
        if (activity["type"]?.ToString() is not { } type || EngineParts.Catalog.Find(type) is not null)
            return null;
        string?[] names = [activity["workflowDefinitionVersionId"]?.ToString(), activity["workflowDefinitionId"]?.ToString(), type];
        return names.OfType<string>().Select(name => Documents().GetValueOrDefault(name)).FirstOrDefault(document => document is not null);
    }

    private Dictionary<string, WorkflowDocument> Documents()
    {
        if (_documents is not null)
            return _documents;
        var found = new List<WorkflowDocument>();
        foreach (var file in Directory.EnumerateFiles(_folder, "*.json").Order(StringComparer.Ordinal).Take(MostFiles))
        {
            try
            {
                if (DefinitionFile.Open(file, out _) is { } document && document.Json["root"] is JsonObject)
                    found.Add(document);
            }
            catch (IOException e)
            {
                Problems.Add(e.Message);
            }
        }

        _documents = [];
        foreach (var member in (string[])["definitionId", "id", "name"])
            foreach (var document in found)
                if (document.Json[member] is JsonValue name)
                    _documents.TryAdd(name.ToString(), document);
        return _documents;
    }
}
