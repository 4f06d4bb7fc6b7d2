using System.Text;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;
using Playbook.Server.Definitions;
using Playbook.Storage.Definitions;

namespace Playbook.Server.Pages.Designer.Scripts;

/// <summary>Makes, renames and deletes scripts of a playbook; each can be taken back.</summary>
public sealed class ScriptChanges(DefinitionStore store)
{
    public const string Template = "Hi {{ contact.first_name ?? \"there\" }},\n\n";

    /// <summary>What is wrong with a new name; null where it can be taken.</summary>
    public static string? Problem(string name, IEnumerable<ScriptEntry> others)
    {
        if (name.Length == 0)
            return "Give it a name, such as follow-up-mail.";
        if (name.Length > 80 || !name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_') || !char.IsAsciiLetterOrDigit(name[0]))
            return "Use small letters, digits and hyphens only, such as follow-up-mail.";
        return others.Any(other => other.Name == name && !other.IsMissing) ? $"There is a script '{name}' already." : null;
    }

    public Task Add(string definitionId, string name, string language, string text, string by) =>
        store.SaveTexts(definitionId, [Absent(ScriptShelf.FileOf(name, language)) with { Text = text }], by, $"script {name} added");

    /// <summary>Deletes all languages, or one.</summary>
    /// <returns>What brings them back.</returns>
    public async Task<Func<Task>> Delete(string definitionId, IReadOnlyList<ScriptText> texts, string by)
    {
        await store.SaveTexts(definitionId, [.. texts.Select(text => new TextChange(DefinitionTextKind.Script, text.File, null) { ChecksBefore = true, Before = text.Text })], by, "script deleted");
        return () => store.SaveTexts(definitionId, [.. texts.Select(text => Absent(text.File) with { Text = text.Text })], by, "deletion undone");
    }

    /// <summary>Gives a script another name, and where asked, has the steps that use it name it so too: both at once or neither.</summary>
    /// <returns>What puts both back.</returns>
    public async Task<Func<Task>> Rename(string definitionId, ScriptEntry script, string name, bool withSteps, string by)
    {
        var latest = await store.Get(definitionId) ?? throw new DefinitionException($"There is no playbook '{definitionId}' any more.");
        var before = await store.Texts(latest.Id);
        var files = script.Texts.ToDictionary(text => text.File, text => ScriptShelf.FileOf(name, text.Language), StringComparer.Ordinal);
        if (!withSteps)
        {
            await store.SaveTexts(definitionId, Moves(script.Texts, files), by, $"script {script.Name} renamed to {name}");
            return () => store.SaveTexts(definitionId, Moves([.. script.Texts.Select(text => text with { File = files[text.File] })], files.ToDictionary(pair => pair.Value, pair => pair.Key)), by, "renaming undone");
        }

        var after = before.Select(text => text.Kind == DefinitionTextKind.Script && files.TryGetValue(text.Name, out var other) ? text with { Name = other } : text).ToList();
        var saved = await store.SaveDraft(definitionId, new DefinitionContent(latest.Name, InSteps(latest.Json, script.Name, name), after, latest.ByteOrderMark), by, $"script {script.Name} renamed to {name}", new DraftBase(latest.DocumentAt));
        return () => store.SaveDraft(definitionId, new DefinitionContent(latest.Name, latest.Json, before, latest.ByteOrderMark), by, "renaming undone", new DraftBase(saved.DocumentAt));
    }

    /// <summary>The document with another name for a script, in steps that name it outright and in the playbook's list.</summary>
    public static string InSteps(string json, string from, string to)
    {
        if (WorkflowDocument.Read(Encoding.UTF8.GetBytes(json), out _) is not { } document)
            return json;
        Replace(document.Json["root"], from, to);
        if (document.Json["customProperties"] is JsonObject custom && custom["playbook"] is JsonObject playbook && playbook["scripts"] is JsonArray list)
            for (var i = 0; i < list.Count; i++)
                if (Is(list[i], from))
                    list[i] = to;
        return document.Write();
    }

    private static void Replace(JsonNode? node, string from, string to)
    {
        foreach (var item in node as JsonArray ?? [])
            Replace(item, from, to);
        foreach (var (name, member) in (node as JsonObject ?? []).ToList())
            if (name == "script" && member is JsonObject input && input["expression"] is JsonObject expression && (Is(expression["value"], from) || Is(expression["value"], from + CompiledPlaybook.ScriptEnding)))
                expression["value"] = to;
            else
                Replace(member, from, to);
    }

    private static bool Is(JsonNode? node, string text) => node is JsonValue value && value.TryGetValue<string>(out var found) && found == text;

    private static TextChange Absent(string file) => new(DefinitionTextKind.Script, file, null) { ChecksBefore = true, Before = null };

    private static IReadOnlyList<TextChange> Moves(IReadOnlyList<ScriptText> texts, IReadOnlyDictionary<string, string> files) =>
    [
        .. texts.Select(text => new TextChange(DefinitionTextKind.Script, text.File, null) { ChecksBefore = true, Before = text.Text }),
        .. texts.Select(text => Absent(files[text.File]) with { Text = text.Text }),
    ];
}
