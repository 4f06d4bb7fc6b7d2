namespace Playbook.Server.Pages.Team;

/// <summary>What somebody has on their desk.</summary>
/// <param name="Person">Null for tasks of a role that nobody has taken.</param>
/// <param name="Roles">The roles whose tasks they are, most first.</param>
/// <param name="Work">How long all of it takes.</param>
/// <param name="Late">How many should have been done.</param>
/// <param name="Away">Until when they are away; null where they are here.</param>
public sealed record PersonLoad(string? Person, IReadOnlyList<string> Roles, int Open, int PutOff, TimeSpan Work, int Late, DateTimeOffset? Away, string? Cover);

/// <summary>What a role has to do.</summary>
public sealed record RoleLoad(string Role, int Open, int Unowned, int Late, DateTimeOffset? OldestDue);

/// <summary>The load of everybody, and of each role.</summary>
public sealed record TeamLoad(IReadOnlyList<PersonLoad> People, IReadOnlyList<RoleLoad> Roles, IReadOnlyList<string> Names, IReadOnlyList<Playbook.Sales.Reps.Absence> Absences);
