namespace Playbook.Sales.Import;

/// <summary>What a file is, and which of its columns goes to which field of ours.</summary>
public sealed class ColumnMapping
{
    private readonly Dictionary<string, int> _columns;

    private ColumnMapping(ImportKind kind, IReadOnlyList<string> header, Dictionary<string, int> columns, IReadOnlyList<string> notes)
    {
        Kind = kind;
        Header = header;
        Notes = notes;
        _columns = columns;
    }

    public ImportKind Kind { get; }
    public IReadOnlyList<string> Header { get; }
    public IReadOnlyList<string> Notes { get; }

    public IReadOnlyList<MappedColumn> Columns =>
        [.. Header.Select((column, at) => new MappedColumn(column, _columns.FirstOrDefault(entry => entry.Value == at).Key))];

    public bool Has(string field) => _columns.ContainsKey(field);

    public int? IndexOf(string field) => _columns.TryGetValue(field, out var at) ? at : null;

    /// <summary>Their name of the column that a field comes from.</summary>
    public string? ColumnOf(string field) => _columns.TryGetValue(field, out var at) ? Header[at] : null;

    /// <summary>
    /// Finds the kind whose fields explain most columns; the file's name decides between equals. Null where no kind
    /// has what it cannot do without.
    /// </summary>
    public static ColumnMapping? Find(string file, IReadOnlyList<string> header, IReadOnlyDictionary<string, string> map)
    {
        ColumnMapping? best = null;
        var most = 0.0;
        foreach (var kind in Enum.GetValues<ImportKind>())
        {
            var mapping = For(kind, header, map);
            var weight = mapping._columns.Count + (SoundsLike(file, kind) ? 0.5 : 0);
            if (mapping.IsEnough() && weight > most)
                (best, most) = (mapping, weight);
        }
        return best;
    }

    public static ColumnMapping For(ImportKind kind, IReadOnlyList<string> header, IReadOnlyDictionary<string, string> map)
    {
        var fields = ImportFields.For(kind);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        var notes = new List<string>();
        var taken = new HashSet<int>();
        // What a person says goes first, then our own names, then synonyms: "account" must not lose to "company".
        for (var at = 0; at < header.Count; at++)
        {
            if (!TryMapped(map, header[at], out var wanted))
                continue;
            taken.Add(at);
            if (fields.FirstOrDefault(field => NameKey.Of(field.Name) == NameKey.Of(wanted)) is { } field && !columns.TryAdd(field.Name, at))
                notes.Add($"Two columns are mapped to {field.Name}: \"{header[at]}\" is left out.");
        }
        var depth = fields.Max(field => field.Synonyms.Count);
        for (var synonym = 0; synonym < depth; synonym++)
            foreach (var field in fields.Where(field => field.Synonyms.Count > synonym && !columns.ContainsKey(field.Name)))
                for (var at = 0; at < header.Count; at++)
                    if (!taken.Contains(at) && NameKey.Of(header[at]) == NameKey.Of(field.Synonyms[synonym]))
                    {
                        columns.Add(field.Name, at);
                        taken.Add(at);
                        break;
                    }
        foreach (var twice in header.GroupBy(NameKey.Of).Where(group => group.Key.Length > 0 && group.Count() > 1))
            notes.Add($"The header has \"{twice.First()}\" {twice.Count()} times; the first one is used.");
        return new(kind, header, columns, notes);
    }

    private static bool TryMapped(IReadOnlyDictionary<string, string> map, string column, out string field)
    {
        foreach (var (theirs, ours) in map)
            if (string.Equals(theirs.Trim(), column.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                field = ours;
                return true;
            }
        field = "";
        return false;
    }

    private bool IsEnough() => Kind switch
    {
        ImportKind.Products => Has(ImportField.FullName),
        ImportKind.Accounts => Has(ImportField.FullName),
        ImportKind.Teams => Has(ImportField.FullName) && (Has(ImportField.Manager) || Has(ImportField.Team) || Has(ImportField.Roles)),
        ImportKind.Contacts => Has(ImportField.Email) || Has(ImportField.LastName) || (Has(ImportField.FullName) && _columns.Count > 1),
        _ => (Has(ImportField.Id) || Has(ImportField.FullName))
            && (Has(ImportField.Stage) || Has(ImportField.Value) || Has(ImportField.ClosesOn) || Has(ImportField.Product)),
    };

    private static bool SoundsLike(string file, ImportKind kind)
    {
        var name = NameKey.Of(file);
        ReadOnlySpan<string> sounds = kind switch
        {
            ImportKind.Products => ["product", "produkt", "vare"],
            ImportKind.Teams => ["team", "agent", "rep", "saelger"],
            ImportKind.Accounts => ["account", "compan", "customer", "virksomhed", "firma", "kunde"],
            ImportKind.Contacts => ["contact", "kontakt", "lead", "people", "person"],
            _ => ["pipeline", "opportunit", "deal", "mulighed"],
        };
        foreach (var sound in sounds)
            if (name.Contains(sound, StringComparison.Ordinal))
                return true;
        return false;
    }
}
