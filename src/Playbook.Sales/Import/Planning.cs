namespace Playbook.Sales.Import;

/// <summary>An import while it is being planned: what is known, what was seen, and what shall change.</summary>
internal sealed class Planning(CrmBook book, ImportOptions options, TimeProvider time)
{
    private readonly Dictionary<Guid, RecordChange> _changes = [];
    private readonly List<Guid> _order = [];
    private readonly Dictionary<(RecordKind, string), (string File, int Line)> _seen = [];
    private readonly Dictionary<(RecordKind, string), string?> _suggestions = [];

    // Looking for a near name goes through all names. A file in which nothing fits must not take minutes to say so.
    private int _comparisonsLeft = 2_000_000;

    public CrmBook Book => book;
    public ImportOptions Options => options;

    /// <summary>One moment for the whole batch, so that its records carry the same time.</summary>
    public DateTimeOffset Now { get; } = time.GetUtcNow();

    public string File { get; set; } = "";
    public Dictionary<string, int> AlsoCreated { get; private set; } = [];
    public IReadOnlyList<RecordChange> Changes => [.. _order.Select(id => _changes[id])];

    public void Begin(string file)
    {
        File = file;
        AlsoCreated = [];
    }

    public Guid NewId() => Guid.CreateVersion7(Now);

    /// <summary>
    /// Keeps the record if it differs from what is known. <paramref name="stamp"/> sets the time of change, which alone
    /// is no difference.
    /// </summary>
    public RowOutcome Save<T>(RecordKind kind, Shelf<T> shelf, T record, Func<T, T> stamp)
        where T : class
    {
        var id = shelf.IdOf(record);
        var known = shelf.Get(id);
        if (!Equals(known, record))
        {
            var after = known is null ? record : stamp(record);
            shelf.Put(after);
            if (_changes.TryGetValue(id, out var change))
                _changes[id] = change with { After = after };
            else
            {
                _changes.Add(id, new(kind, id, known, after));
                _order.Add(id);
            }
        }
        return OutcomeOf(id);
    }

    public RowOutcome OutcomeOf(Guid id) => !_changes.TryGetValue(id, out var change) ? RowOutcome.Unchanged
        : change.Before is null ? RowOutcome.Created
        : RowOutcome.Updated;

    public void CountAlso(string what) => AlsoCreated[what] = AlsoCreated.GetValueOrDefault(what) + 1;

    /// <summary>Whether an earlier row of this import was about the same record; if not, this one is from now on.</summary>
    public bool IsDuplicate(RowReader row, RecordKind kind, string key, string subject)
    {
        if (_seen.TryAdd((kind, key), (File, row.Line)))
            return false;
        var first = _seen[(kind, key)];
        var where = first.File == File ? $"line {first.Line}" : $"line {first.Line} of {first.File}";
        row.Problems.Add(new(ProblemSeverity.Warning, null, subject,
            $"The same record stands on {where} already.", "That one was used. Take one of them out if they differ."));
        return true;
    }

    /// <summary>
    /// The record that a cell names. Another spelling is taken with a warning; an unknown name rejects the row; an
    /// empty cell warns where <paramref name="expected"/>.
    /// </summary>
    public T? Link<T>(RowReader row, string field, RecordKind kind, Shelf<T> shelf, Func<string, string> key, Func<T, string> name, bool expected)
        where T : class
    {
        var what = Word(kind);
        if (row.Text(field) is not { } text)
        {
            if (expected && row.Has(field) && !row.IsRejected)
                row.Warn(field, null, $"No {what} is named.", $"It was stored without. Name the {what} and import again to link it.");
            return null;
        }
        if (shelf.Find(NameKey.OrName(key(text), text)) is { } found)
        {
            if (NameKey.SpeltDifferently(text, name(found)))
            {
                row.LinkGuessed = true;
                row.Warn(field, text, $"The {what} is spelt \"{name(found)}\" elsewhere.", "It was linked to that one. Correct the spelling to lose this warning.", name(found));
            }
            return found;
        }
        var suggestion = Suggest(kind, text, shelf, name);
        row.Reject(field, text, $"There is no {what} called \"{text}\".",
            suggestion is null ? $"Import the {what} first, or correct the name." : $"Did you mean \"{suggestion}\"? Correct the name, or import the {what} first.",
            suggestion);
        return null;
    }

    /// <summary>The name that was probably meant.</summary>
    public string? Suggest<T>(RecordKind kind, string text, Shelf<T> shelf, Func<T, string> name)
        where T : class
    {
        if (_suggestions.TryGetValue((kind, text), out var suggestion))
            return suggestion;
        _comparisonsLeft -= shelf.All.Count;
        suggestion = _comparisonsLeft < 0 ? null : Closest.Find(text, shelf.All.Select(name));
        _suggestions.Add((kind, text), suggestion);
        return suggestion;
    }

    /// <summary>Says that the record is already known under another spelling, which stays.</summary>
    public static void WarnOfSpelling(RowReader row, string name, string? known)
    {
        if (known is not null && NameKey.SpeltDifferently(name, known))
            row.Warn(ImportField.FullName, name, $"This is known as \"{known}\" already.", "The known spelling was kept. Correct the one that is wrong.", known);
    }

    /// <summary>What the row comes to, given what saving its record came to.</summary>
    public static RowOutcome Outcome(RowReader row, RowOutcome saved) =>
        row.LinkGuessed && saved != RowOutcome.Unchanged ? RowOutcome.LinkedWithWarning : saved;

    private static string Word(RecordKind kind) => kind switch
    {
        RecordKind.Rep => "sales agent",
        _ => kind.ToString().ToLowerInvariant(),
    };
}
