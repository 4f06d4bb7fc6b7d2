using Playbook.Storage.Access;

namespace Playbook.Server.Access;

/// <summary>A member as every request needs them.</summary>
internal sealed record MemberFacts(Guid Id, string Name, string Email, IReadOnlyList<string> Roles, Guid? RepId, string Stamp, bool IsDisabled)
{
    public static MemberFacts Of(Member member) =>
        new(member.Id, member.Name, member.Email ?? "", [.. member.Roles], member.RepId, member.SecurityStamp ?? "", member.DisabledAt is not null);
}
