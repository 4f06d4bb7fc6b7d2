using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>
/// Members' browsers. The cookie only names the session: what its member may do is looked up with each request, and a
/// session that was ended here is over, whoever kept a copy of the cookie.
/// </summary>
internal sealed class Sessions(IDbContextFactory<PlaybookDb> databases, MemberBook book, AccessClock clock)
{
    public const string Scheme = "cookie";
    public const string Cookie = "playbook-session";

    /// <summary>After so long everybody signs in again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>After so long without a visit too.</summary>
    public static readonly TimeSpan WithoutVisit = TimeSpan.FromDays(7);

    /// <summary>Always a new session with a new cookie, whatever the browser brought.</summary>
    public async Task Begin(HttpContext context, Guid memberId, CancellationToken cancellationToken = default)
    {
        await End(context, cancellationToken);
        var caller = await Open(memberId, cancellationToken);
        await context.SignInAsync(Scheme, caller.ToPrincipal(Scheme), new AuthenticationProperties { IsPersistent = true });
    }

    /// <summary>A session without a browser that has its cookie yet.</summary>
    public async Task<Caller> Open(Guid memberId, CancellationToken cancellationToken = default)
    {
        var now = clock.Now;
        var member = book.Find(memberId) ?? throw new InvalidOperationException($"There is no member {memberId}.");
        var session = new MemberSession { Id = Guid.CreateVersion7(now), MemberId = memberId, Stamp = member.Stamp, CreatedAt = now, ExpiresAt = now + Longest };
        await using (var database = await databases.CreateDbContextAsync(cancellationToken))
        {
            await database.MemberSessions.Where(old => old.ExpiresAt <= now).ExecuteDeleteAsync(cancellationToken);
            database.Add(session);
            await database.SaveChangesAsync(cancellationToken);
        }

        await book.Load(cancellationToken);
        return Caller.Of(member, session.Id);
    }

    public async Task End(HttpContext context, CancellationToken cancellationToken = default)
    {
        if (Caller.Of(context.User)?.SessionId is { } id)
        {
            await using (var database = await databases.CreateDbContextAsync(cancellationToken))
                await database.MemberSessions.Where(session => session.Id == id).ExecuteDeleteAsync(cancellationToken);
            await book.Load(cancellationToken);
        }

        await context.SignOutAsync(Scheme);
    }

    /// <summary>Takes a cookie for what its session is now.</summary>
    public static async Task Check(CookieValidatePrincipalContext context)
    {
        var book = context.HttpContext.RequestServices.GetRequiredService<MemberBook>();
        if (context.Principal is { } principal && Caller.Of(principal)?.SessionId is { } id && book.OfSession(id) is { } member)
        {
            context.ReplacePrincipal(Caller.Of(member, id).ToPrincipal(Scheme));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(Scheme);
    }
}
