using System.Collections.Frozen;

namespace Playbook.Server.Access;

/// <summary>The roles of people who sign in, and what each may do. Not the roles that steps are given to.</summary>
public static class AccessRole
{
    public const string Rep = "rep";
    public const string Manager = "manager";
    public const string Designer = "designer";
    public const string Admin = "admin";

    private static readonly Permission[] OfReps = [Permission.See, Permission.Work, Permission.StartRuns];

    private static readonly FrozenDictionary<string, FrozenSet<Permission>> Permissions = new Dictionary<string, FrozenSet<Permission>>
    {
        [Rep] = OfReps.ToFrozenSet(),
        [Manager] = ((Permission[])[.. OfReps, Permission.Rebalance, Permission.ChangeRuns, Permission.Incidents, Permission.SeeResults, Permission.Privacy]).ToFrozenSet(),
        [Designer] = ((Permission[])[.. OfReps, Permission.Draw]).ToFrozenSet(),
        [Admin] = Enum.GetValues<Permission>().ToFrozenSet(),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static IReadOnlyList<string> All { get; } = [Rep, Manager, Designer, Admin];

    /// <summary>Whether one of these roles allows it; a role that does not exist allows nothing.</summary>
    public static bool Allows(IEnumerable<string> roles, Permission permission) =>
        roles.Any(role => Permissions.TryGetValue(role, out var allowed) && allowed.Contains(permission));
}
