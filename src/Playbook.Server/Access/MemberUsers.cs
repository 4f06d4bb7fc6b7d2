using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Playbook.Storage;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>Identity's rules for members, with lock-outs by our clock: Identity reads the wall clock.</summary>
internal sealed class MemberUsers(
    IUserStore<Member> store, IOptions<IdentityOptions> options, IPasswordHasher<Member> hasher, IEnumerable<IUserValidator<Member>> members, IEnumerable<IPasswordValidator<Member>> passwords,
    ILookupNormalizer keys, IdentityErrorDescriber errors, IServiceProvider services, ILogger<UserManager<Member>> log, AccessClock clock)
    : UserManager<Member>(store, options, hasher, members, passwords, keys, errors, services, log)
{
    public const int ShortestPassword = 10;
    public const int LongestPassword = 200;

    public static void Add(IServiceCollection services)
    {
        services.AddScoped(provider => provider.GetRequiredService<Microsoft.EntityFrameworkCore.IDbContextFactory<PlaybookDb>>().CreateDbContext());
        services.AddScoped<IUserStore<Member>, UserOnlyStore<Member, PlaybookDb, Guid>>();
        services.AddIdentityCore<Member>(identity =>
        {
            identity.User.RequireUniqueEmail = true;
            // The name is the e-mail address, which has its own rules.
            identity.User.AllowedUserNameCharacters = "";
            identity.Lockout.MaxFailedAccessAttempts = 5;
            identity.Lockout.DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15);
            // Length is what counts; rules about signs make passwords that stand on notes.
            identity.Password = new PasswordOptions { RequiredLength = ShortestPassword, RequiredUniqueChars = 4, RequireDigit = false, RequireLowercase = false, RequireUppercase = false, RequireNonAlphanumeric = false };
        }).AddUserManager<MemberUsers>();
        services.AddScoped<IPasswordValidator<Member>, OwnNameIsNoPassword>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = 210_000);
    }

    public override Task<bool> IsLockedOutAsync(Member user) => Task.FromResult(user.LockoutEnd > clock.Now);

    public override async Task<IdentityResult> AccessFailedAsync(Member user)
    {
        if (++user.AccessFailedCount >= Options.Lockout.MaxFailedAccessAttempts)
        {
            user.LockoutEnd = clock.Now + Options.Lockout.DefaultLockoutTimeSpan;
            user.AccessFailedCount = 0;
        }

        return await UpdateUserAsync(user);
    }

    private sealed class OwnNameIsNoPassword : IPasswordValidator<Member>
    {
        public Task<IdentityResult> ValidateAsync(UserManager<Member> manager, Member user, string? password)
        {
            var text = password ?? "";
            if (text.Length > LongestPassword)
                return Refuse($"A password has at most {LongestPassword} characters.");
            var own = new[] { user.Email, user.Email?.Split('@')[0], user.Name, "playbook" }.Where(part => part is { Length: >= 4 });
            return own.Any(part => text.Replace(part!, "", StringComparison.OrdinalIgnoreCase).Length < 6)
                ? Refuse("Your name or address is the first that others try. Take another password; several words are best.")
                : Task.FromResult(IdentityResult.Success);
        }

        private static Task<IdentityResult> Refuse(string why) => Task.FromResult(IdentityResult.Failed(new IdentityError { Code = "Password", Description = why }));
    }
}
