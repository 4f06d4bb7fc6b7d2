using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>The record of who did what.</summary>
internal sealed class AuditTrail(IDbContextFactory<PlaybookDb> databases, AccessClock clock)
{
    private const int LongestText = 500;

    public async Task Write(Guid? memberId, string by, string what, string on = "", string detail = "", string from = "")
    {
        var now = clock.Now;
        await using var database = await databases.CreateDbContextAsync();
        database.Add(new AuditEntry { Id = Guid.CreateVersion7(now), At = now, MemberId = memberId, By = Short(by), What = what, On = Short(on), Detail = Short(detail), From = from });
        await database.SaveChangesAsync();
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<AuditEntry>> Read(string? search, int skip, int take, CancellationToken cancellationToken = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        var all = database.AuditEntries.AsNoTracking();
        if (!string.IsNullOrWhiteSpace(search))
        {
            var like = $"%{search.Trim().Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal)}%";
            all = all.Where(entry => EF.Functions.Like(entry.By, like, @"\") || EF.Functions.Like(entry.What, like, @"\") || EF.Functions.Like(entry.On, like, @"\") || EF.Functions.Like(entry.Detail, like, @"\"));
        }

        return await all.OrderByDescending(entry => entry.At).ThenByDescending(entry => entry.Id).Skip(skip).Take(take).ToListAsync(cancellationToken);
    }

    // Whoever fails to sign in chooses what stands here.
    private static string Short(string text)
    {
        var clean = new string([.. text.Where(letter => !char.IsControl(letter))]);
        return clean.Length > LongestText ? clean[..LongestText] : clean;
    }
}

/// <summary>Records what the person at work does.</summary>
public sealed class Audit
{
    private readonly CurrentPerson _person;
    private readonly AuditTrail _trail;

    internal Audit(CurrentPerson person, AuditTrail trail)
    {
        _person = person;
        _trail = trail;
    }

    /// <param name="what">In the past tense, such as <c>published a playbook</c>.</param>
    /// <param name="on">The thing, by its name or id.</param>
    /// <param name="detail">What else has to be known.</param>
    /// <param name="from">The address it came from.</param>
    public Task Note(string what, string on = "", string detail = "", string from = "") => _trail.Write(_person.MemberId, _person.Name, what, on, detail, from);
}
