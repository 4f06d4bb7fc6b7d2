namespace Playbook.Server.Access;

/// <summary>Who is at work in this request or on this open page.</summary>
public sealed class CurrentPerson
{
    /// <summary>As history names them.</summary>
    public string Name { get; private init; } = "Owner";

    /// <summary>The rep whose tasks are theirs; null for somebody who works no tasks.</summary>
    public Guid? RepId { get; private init; }

    /// <summary>See <see cref="AccessRole"/>.</summary>
    public IReadOnlyList<string> Roles { get; private init; } = [AccessRole.Admin];

    public bool Can(Permission permission) => AccessRole.Allows(Roles, permission);
}
