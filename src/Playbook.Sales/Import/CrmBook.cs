using Playbook.Sales.Accounts;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Products;
using Playbook.Sales.Reps;

namespace Playbook.Sales.Import;

/// <summary>All records that an import may meet, by id and by natural key; what it creates is found from then on.</summary>
public sealed class CrmBook
{
    public Shelf<Product> Products { get; } = new(record => record.Id, record => record.NameKey);
    public Shelf<Team> Teams { get; } = new(record => record.Id, record => record.NameKey);
    public Shelf<Rep> Reps { get; } = new(record => record.Id, record => record.NameKey);
    public Shelf<Account> Accounts { get; } = new(record => record.Id, record => record.NameKey);
    public Shelf<Contact> Contacts { get; } = new(record => record.Id, record => record.NaturalKey, record => NameKey.Of(record.Name));
    public Shelf<Opportunity> Opportunities { get; } = new(record => record.Id, record => record.NaturalKey);

    /// <summary>Contacts by the key of their name, at an account or, for null, anywhere.</summary>
    public IReadOnlyList<Contact> ContactsNamed(string nameKey, Guid? accountId) =>
        [.. Contacts.Named(nameKey).Where(contact => accountId is null || contact.AccountId == accountId)];
}

/// <summary>Records of one kind.</summary>
/// <param name="id">Its id.</param>
/// <param name="key">The natural key, which is its alone.</param>
/// <param name="nameKey">A key that several records may share, where they are looked for by name as well.</param>
public sealed class Shelf<T>(Func<T, Guid> id, Func<T, string> key, Func<T, string>? nameKey = null)
    where T : class
{
    private readonly Dictionary<Guid, T> _byId = [];
    private readonly Dictionary<string, Guid> _byKey = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<Guid>> _byName = new(StringComparer.Ordinal);

    public IReadOnlyCollection<T> All => _byId.Values;

    public T? Get(Guid? recordId) => recordId is { } known ? _byId.GetValueOrDefault(known) : null;

    public T? Find(string naturalKey) => _byKey.TryGetValue(naturalKey, out var known) ? _byId[known] : null;

    public IEnumerable<T> Named(string name) =>
        _byName.TryGetValue(name, out var ids) ? ids.Select(recordId => _byId[recordId]) : [];

    public Guid IdOf(T record) => id(record);

    /// <summary>Adds the record, or puts it in the place of the one with its id.</summary>
    public void Put(T record)
    {
        if (_byId.TryGetValue(id(record), out var old))
        {
            _byKey.Remove(key(old));
            if (nameKey is not null)
                _byName[nameKey(old)].Remove(id(old));
        }
        _byId[id(record)] = record;
        _byKey[key(record)] = id(record);
        if (nameKey is null)
            return;
        if (!_byName.TryGetValue(nameKey(record), out var ids))
            _byName.Add(nameKey(record), ids = []);
        ids.Add(id(record));
    }
}
