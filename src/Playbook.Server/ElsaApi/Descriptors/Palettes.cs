using Playbook.Engine.Activities;
using Playbook.Sales.Reps;
using Playbook.Server.Definitions;
using Playbook.Server.Plugins;
using Playbook.Storage.Definitions;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>
/// Keeps the palette. A designer asks for it again after every save, so it is put together anew only when a playbook
/// changed.
/// </summary>
internal sealed class Palettes : IDisposable
{
    private readonly ActivityCatalog _catalog;
    private readonly DefinitionStore _store;
    private readonly ChannelRegistry _channels;
    private readonly Dictionary<string, (string Of, PlaybookParts Parts)> _parts = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _turn = new(1);
    private Palette? _current;
    private long _changes;
    private long _builtAt = -1;

    public Palettes(ActivityCatalog catalog, DefinitionStore store, ChannelRegistry channels)
    {
        _catalog = catalog;
        _store = store;
        _channels = channels;
        catalog.Changed += () => Interlocked.Increment(ref _changes);
        channels.Changed += () => Interlocked.Increment(ref _changes);
        store.Changed += _ => Interlocked.Increment(ref _changes);
    }

    public async ValueTask<Palette> Current(CancellationToken cancellationToken)
    {
        if (_current is { } known && Interlocked.Read(ref _builtAt) == Interlocked.Read(ref _changes))
            return known;
        await _turn.WaitAsync(cancellationToken);
        try
        {
            // Read before the store is: a change that comes meanwhile has it built once more.
            var changes = Interlocked.Read(ref _changes);
            if (_current is { } made && _builtAt == changes)
                return made;
            var palette = await Build(cancellationToken);
            _current = palette;
            Interlocked.Exchange(ref _builtAt, changes);
            return palette;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task<Palette> Build(CancellationToken cancellationToken)
    {
        var playbooks = new List<PlaybookParts>();
        foreach (var latest in await _store.List(cancellationToken: cancellationToken))
            playbooks.Add(await Parts(latest, cancellationToken));
        foreach (var gone in _parts.Keys.Except(playbooks.Select(playbook => playbook.DefinitionId)).ToList())
            _parts.Remove(gone);
        return new Palette(_catalog, playbooks, new PaletteChoices(
            [.. playbooks.SelectMany(playbook => playbook.Scripts).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(Choice.Of)],
            [.. Role.All.Concat(playbooks.SelectMany(playbook => playbook.Roles)).Distinct(StringComparer.Ordinal).Select(Choice.Named)],
            [.. Channels()],
            [.. playbooks.Select(playbook => new Choice(playbook.Name, playbook.DefinitionId))]));
    }

    // Those that playbooks may name though their plugins are not here come last.
    private IEnumerable<Choice> Channels()
    {
        var here = _channels.Descriptions;
        return here.Select(channel => new Choice(channel.DisplayName, channel.Id)).Concat(PlaybookNames.Channels.Except(here.Select(channel => channel.Id)).Select(Choice.Named));
    }

    private async Task<PlaybookParts> Parts(DefinitionVersion latest, CancellationToken cancellationToken)
    {
        // What is published and fixed decides what may be used as an activity, without a change of the content.
        var of = $"{latest.Id} {latest.ContentHash} {latest.IsPublished} {latest.IsFixed}";
        if (_parts.TryGetValue(latest.DefinitionId, out var known) && known.Of == of && known.Parts.Activities.Count == 0)
            return known.Parts;
        var parts = await PlaybookParts.Read(_store, latest, cancellationToken);
        _parts[latest.DefinitionId] = (of, parts);
        return parts;
    }
}
