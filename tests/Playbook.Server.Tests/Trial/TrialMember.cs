using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Playbook.Sales.Reps;
using Playbook.Server.Access;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Tests.Trial;

/// <summary>Somebody who is signed in, made in storage: hashing a password would take longer than most trials.</summary>
/// <param name="Cookie">A <c>Cookie</c> header.</param>
/// <param name="Token">For <c>Authorization: Bearer</c>.</param>
internal sealed record TrialMember(Guid Id, string Name, string Cookie, string Token)
{
    public static async Task<TrialMember> Make(IServiceProvider services, string name, IReadOnlyList<string> roles, Guid? repId = null)
    {
        var clock = services.GetRequiredService<AccessClock>();
        var book = services.GetRequiredService<MemberBook>();
        var (id, token, email) = (Guid.CreateVersion7(clock.Now), Secret.New(), $"{name.Replace(' ', '.').ToLowerInvariant()}@example.com");
        await using (var database = await services.GetRequiredService<IDbContextFactory<PlaybookDb>>().CreateDbContextAsync())
        {
            database.Add(new Member
            {
                Id = id, Name = name, UserName = email, NormalizedUserName = email.ToUpperInvariant(), Email = email, NormalizedEmail = email.ToUpperInvariant(), Roles = new RoleSet(roles), RepId = repId,
                CreatedAt = clock.Now, SecurityStamp = "1", LockoutEnabled = true,
            });
            database.Add(new AccessToken { Id = Guid.CreateVersion7(clock.Now), MemberId = id, Name = "trial", Hash = Secret.Hash(token), CreatedAt = clock.Now, ExpiresAt = clock.Now.AddDays(1) });
            await database.SaveChangesAsync();
        }

        await book.Load();
        var caller = await services.GetRequiredService<Sessions>().Open(id);
        var options = services.GetRequiredService<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Sessions.Scheme);
        var ticket = new AuthenticationTicket(caller.ToPrincipal(Sessions.Scheme), new AuthenticationProperties { IssuedUtc = clock.Now, ExpiresUtc = clock.Now + Sessions.WithoutVisit }, Sessions.Scheme);
        return new TrialMember(id, name, $"{Sessions.Cookie}={options.TicketDataFormat.Protect(ticket)}", token);
    }
}
