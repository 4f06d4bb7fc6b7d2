using System.Collections.Concurrent;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>
/// Which playbook each editor has open. Studio asks for the options of an input without saying in which playbook, though
/// the scripts to choose from are the playbook's own.
/// </summary>
internal sealed class OpenEditors
{
    private const int Most = 1000;

    private readonly ConcurrentDictionary<string, string> _playbooks = new(StringComparer.Ordinal);

    public void Opened(string? editor, string definitionId)
    {
        if (editor is null)
            return;
        // Frames that were closed long ago never say so; one that is still open is known again with its next save.
        if (_playbooks.Count >= Most && !_playbooks.ContainsKey(editor))
            _playbooks.Clear();
        _playbooks[editor] = definitionId;
    }

    public string? PlaybookOf(string? editor) => editor is null ? null : _playbooks.GetValueOrDefault(editor);
}
