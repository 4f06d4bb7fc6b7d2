using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>
/// All members, sessions and tokens in memory, read again after each change: so every request can be checked against what
/// holds now, and who was disabled is out at once.
/// </summary>
internal sealed class MemberBook(IDbContextFactory<PlaybookDb> databases, AccessClock clock) : IDisposable
{
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(10);

    private readonly SemaphoreSlim _one = new(1);
    private volatile Page _page = new([], [], []);

    /// <summary>Somebody's rights may be other ones now.</summary>
    public event Action? Changed;

    /// <summary>Nobody can sign in yet: the first who comes becomes the owner.</summary>
    public bool IsEmpty => _page.Members.Count == 0;

    public async Task Load(CancellationToken cancellationToken = default)
    {
        // One after the other: whoever has written something finds it here once this returns.
        await _one.WaitAsync(cancellationToken);
        try
        {
            await using var database = await databases.CreateDbContextAsync(cancellationToken);
            var now = clock.Now;
            _page = new Page(
                (await database.Members.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(member => member.Id, MemberFacts.Of),
                await database.MemberSessions.AsNoTracking().Where(session => session.ExpiresAt > now).ToDictionaryAsync(session => session.Id, cancellationToken),
                (await database.AccessTokens.AsNoTracking().ToListAsync(cancellationToken)).ToDictionary(token => Convert.ToHexString(token.Hash)));
        }
        finally
        {
            _one.Release();
        }

        Changed?.Invoke();
    }

    public MemberFacts? Find(Guid id) => _page.Members.GetValueOrDefault(id);

    /// <summary>Whose session it is; null where it has ended, or its member may not come in any more.</summary>
    public MemberFacts? OfSession(Guid id) =>
        _page is var page && page.Sessions.GetValueOrDefault(id) is { } session && session.ExpiresAt > clock.Now
        && page.Members.GetValueOrDefault(session.MemberId) is { IsDisabled: false } member && member.Stamp == session.Stamp
            ? member
            : null;

    /// <summary>Whose token it is; null where it is none, or has run out, or its member may not come in any more.</summary>
    public async Task<MemberFacts?> OfToken(string secret)
    {
        var page = _page;
        if (!page.Tokens.TryGetValue(Convert.ToHexString(Secret.Hash(secret)), out var token) || token.ExpiresAt <= clock.Now)
            return null;
        if (page.Members.GetValueOrDefault(token.MemberId) is not { IsDisabled: false } member)
            return null;
        await Note(token);
        return member;
    }

    public void Dispose() => _one.Dispose();

    // When a token was last used is for a person who tidies up: to the nearest minutes, not a write with each request.
    private async Task Note(AccessToken token)
    {
        var now = clock.Now;
        lock (token)
        {
            if (token.LastUsedAt is { } last && now - last < UseIsNotedEvery)
                return;
            token.LastUsedAt = now;
        }

        await using var database = await databases.CreateDbContextAsync();
        await database.AccessTokens.Where(kept => kept.Id == token.Id).ExecuteUpdateAsync(set => set.SetProperty(kept => kept.LastUsedAt, now));
    }

    private sealed record Page(Dictionary<Guid, MemberFacts> Members, Dictionary<Guid, MemberSession> Sessions, Dictionary<string, AccessToken> Tokens);
}
