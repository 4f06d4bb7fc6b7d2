using Microsoft.AspNetCore.Identity;
using Playbook.Sales.Reps;

namespace Playbook.Storage.Access;

/// <summary>Somebody who can sign in. A rep, who owns tasks, is another record: not every member works tasks.</summary>
public sealed class Member : IdentityUser<Guid>
{
    /// <summary>As history names them.</summary>
    public required string Name { get; set; }

    /// <summary>What they may do; the names are the server's.</summary>
    public RoleSet Roles { get; set; } = RoleSet.None;

    public Guid? RepId { get; set; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when they may not come in; null for members in good standing.</summary>
    public DateTimeOffset? DisabledAt { get; set; }
}

/// <summary>A browser in which a member is signed in. The cookie names it, so that it can be ended here.</summary>
public sealed class MemberSession
{
    public required Guid Id { get; init; }
    public required Guid MemberId { get; init; }

    /// <summary>The member's stamp then; another one since means that the password was changed.</summary>
    public required string Stamp { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>Lets a program in as the member who made it.</summary>
public sealed class AccessToken
{
    public required Guid Id { get; init; }
    public required Guid MemberId { get; init; }
    public required string Name { get; init; }

    /// <summary>SHA-256 of the token: it is 256 random bits, which nobody guesses, so a slow hash would add nothing.</summary>
    public required byte[] Hash { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }
}

/// <summary>A link that makes a member, or gives a member a new password. It works once.</summary>
public sealed class Invitation
{
    public required Guid Id { get; init; }
    public required byte[] Hash { get; init; }

    /// <summary>Whose password it renews; null where it makes a new member.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>For whom it is meant, as the inviter calls them.</summary>
    public required string For { get; init; }

    public RoleSet Roles { get; init; } = RoleSet.None;
    public Guid? RepId { get; init; }
    public required string By { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? UsedAt { get; set; }
}

/// <summary>One thing that somebody did, for whoever has to look into it later. Never changed.</summary>
public sealed class AuditEntry
{
    public required Guid Id { get; init; }
    public required DateTimeOffset At { get; init; }

    /// <summary>Null where it was no member: the command line, or somebody who did not get in.</summary>
    public Guid? MemberId { get; init; }

    /// <summary>The name that they had then.</summary>
    public required string By { get; init; }

    /// <summary>What was done, such as <c>signed in</c> or <c>published</c>.</summary>
    public required string What { get; init; }

    /// <summary>The thing it was done to; empty where it was nothing but the person.</summary>
    public string On { get; init; } = "";

    public string Detail { get; init; } = "";

    /// <summary>The address it came from; empty where it came from no network.</summary>
    public string From { get; init; } = "";
}
