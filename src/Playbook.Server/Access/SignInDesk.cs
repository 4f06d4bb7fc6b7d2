using Microsoft.AspNetCore.Identity;
using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>Lets members in by e-mail address and password.</summary>
internal sealed class SignInDesk(MemberUsers users, IPasswordHasher<Member> hasher, AuditTrail audit)
{
    /// <summary>The same for a stranger, a wrong password, a lock-out and a disabled account: nobody learns who has one.</summary>
    public const string Refused = "The e-mail address or the password is not right. After five wrong tries an account is locked for 15 minutes.";

    private const int LongestEmail = 320;

    private static string? _nobodys;

    /// <summary>Null where they may not come in.</summary>
    public async Task<Guid?> Check(string? email, string? password, string from)
    {
        var (address, given) = ((email ?? "").Trim(), password ?? "");
        var member = address.Length is > 0 and <= LongestEmail ? await users.FindByEmailAsync(address) : null;
        // One password is always checked, so that it takes as long to refuse a stranger as a member.
        var nobody = new Member { Name = "nobody" };
        var verdict = given.Length > MemberUsers.LongestPassword ? PasswordVerificationResult.Failed
            : hasher.VerifyHashedPassword(member ?? nobody, member?.PasswordHash ?? (_nobodys ??= hasher.HashPassword(nobody, Secret.New())), given);
        if (member is not { DisabledAt: null, PasswordHash: not null })
            return await Refuse(member, address, member is null ? "no such account" : "the account is disabled", from);
        if (await users.IsLockedOutAsync(member))
            return await Refuse(member, address, "the account is locked for a while", from);
        if (verdict == PasswordVerificationResult.Failed)
        {
            await users.AccessFailedAsync(member);
            return await Refuse(member, address, await users.IsLockedOutAsync(member) ? "wrong password; the account is locked now" : "wrong password", from);
        }

        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
            member.PasswordHash = hasher.HashPassword(member, given);
        member.AccessFailedCount = 0;
        member.LockoutEnd = null;
        await users.UpdateAsync(member);
        await audit.Write(member.Id, member.Name, "signed in", from: from);
        return member.Id;
    }

    private async Task<Guid?> Refuse(Member? member, string address, string why, string from)
    {
        await audit.Write(member?.Id, address, "failed to sign in", detail: why, from: from);
        return null;
    }
}
