using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>A member's own tokens for programs.</summary>
internal sealed class Tokens(IDbContextFactory<PlaybookDb> databases, MemberBook book, CurrentPerson person, Audit audit, AccessClock clock)
{
    public const int LongestName = 60;

    /// <summary>More than anybody oversees.</summary>
    public const int Most = 20;

    public static readonly IReadOnlyList<int> Days = [30, 90, 365];

    public async Task<IReadOnlyList<AccessToken>> Mine(CancellationToken cancellationToken = default)
    {
        var member = person.MemberId;
        await using var database = await databases.CreateDbContextAsync(cancellationToken);
        return await database.AccessTokens.AsNoTracking().Where(token => token.MemberId == member).OrderByDescending(token => token.CreatedAt).ToListAsync(cancellationToken);
    }

    /// <summary>The token, which is shown once and cannot be found again.</summary>
    public async Task<string> Make(string name, int days, CancellationToken cancellationToken = default)
    {
        var member = person.MemberId ?? throw new InvalidOperationException("Only a member has tokens.");
        if (name.Trim() is not { Length: > 0 and <= LongestName } clean || !Days.Contains(days))
            throw new InvalidOperationException($"Name the token in at most {LongestName} letters: what will use it?");
        if ((await Mine(cancellationToken)).Count >= Most)
            throw new InvalidOperationException($"You have {Most} tokens. Revoke one that is not used any more.");
        var (now, secret) = (clock.Now, Secret.New());
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            database.Add(new AccessToken { Id = Guid.CreateVersion7(now), MemberId = member, Name = clean, Hash = Secret.Hash(secret), CreatedAt = now, ExpiresAt = now.AddDays(days) });
            await database.SaveChangesAsync(cancellationToken);
        }

        await book.Load(cancellationToken);
        await audit.Note("made a token", clean, $"good for {days} days");
        return secret;
    }

    public async Task Revoke(Guid id, CancellationToken cancellationToken = default)
    {
        var member = person.MemberId;
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            // Nobody's but one's own, whatever id is asked for.
            if (await database.AccessTokens.AsNoTracking().SingleOrDefaultAsync(token => token.Id == id && token.MemberId == member, cancellationToken) is not { } token)
                return;
            await database.AccessTokens.Where(kept => kept.Id == id).ExecuteDeleteAsync(cancellationToken);
            await audit.Note("revoked a token", token.Name);
        }

        await book.Load(cancellationToken);
    }
}
