using Playbook.Sales.Reps;

namespace Playbook.Sales.Import;

/// <summary>A row is a sales agent; the manager and the team that it names come along.</summary>
internal static class TeamRows
{
    public static RowReport Plan(RowReader row, Planning planning)
    {
        var shelf = planning.Book.Reps;
        var name = row.Text(ImportField.FullName);
        var email = row.Text(ImportField.Email);
        var phone = row.Text(ImportField.Phone);
        var manager = row.Text(ImportField.Manager);
        var team = row.Text(ImportField.Team);
        var roles = Roles(row);
        if (name is null)
            row.Reject(ImportField.FullName, null, "The sales agent has no name.", "Name them.");
        if (email is not null && !CellText.LooksLikeEmail(email))
            row.Reject(ImportField.Email, email, "This is not an e-mail address.", "Correct it or leave it empty.");
        if (name is null || row.IsRejected)
            return row.Report(RowOutcome.Rejected, name ?? "", null);

        var key = KeyOf(name);
        if (planning.IsDuplicate(row, RecordKind.Rep, key, name))
            return row.Report(RowOutcome.SkippedDuplicate, name, shelf.Find(key)?.Id);

        var teamId = team is null ? null : TeamFor(team, planning)?.Id;
        var managerId = manager is null || KeyOf(manager) == key ? null : ManagerFor(manager, planning)?.Id;
        var rep = shelf.Find(key) ?? New(name, key, planning);
        rep = rep with
        {
            Email = email ?? rep.Email,
            Phone = phone ?? rep.Phone,
            TeamId = teamId ?? rep.TeamId,
            ManagerId = managerId ?? rep.ManagerId,
            Roles = RolesOf(rep, roles, planning.Options),
        };
        if (manager is not null && KeyOf(manager) == key)
            rep = rep with { Roles = rep.Roles.With([Role.Manager]) };
        return row.Report(Planning.Outcome(row, Save(rep, planning)), name, rep.Id);
    }

    public static string KeyOf(string name) => NameKey.OrName(NameKey.Of(name), name);

    // Who was only known as somebody's manager sells as well, now that they have a row of their own. Roles that were
    // given since are left alone: a file without roles must not give back what somebody took away.
    private static RoleSet RolesOf(Rep rep, RoleSet? given, ImportOptions options)
    {
        if (given is not null)
            return rep.Roles.Has(Role.Manager) ? given.With([Role.Manager]) : given;
        return rep.Roles.Any(role => role != Role.Manager) ? rep.Roles : rep.Roles.With(options.DefaultRoles);
    }

    private static RoleSet? Roles(RowReader row)
    {
        if (row.Text(ImportField.Roles) is not { } text)
            return null;
        var known = new List<string>();
        foreach (var word in RoleSet.Parse(text))
        {
            var role = Role.All.FirstOrDefault(role => NameKey.Of(role) == NameKey.Of(word));
            if (role is not null)
                known.Add(role);
            else
                row.Reject(ImportField.Roles, word, $"There is no role \"{word}\".", $"Use {string.Join(", ", Role.All)}.", Closest.Find(word, Role.All));
        }
        return known.Count > 0 ? new RoleSet(known) : null;
    }

    private static Rep New(string name, string key, Planning planning) =>
        new() { Id = planning.NewId(), Name = name, NameKey = key, CreatedAt = planning.Now, UpdatedAt = planning.Now };

    private static RowOutcome Save(Rep rep, Planning planning) =>
        planning.Save(RecordKind.Rep, planning.Book.Reps, rep, record => record with { UpdatedAt = planning.Now });

    private static Team? TeamFor(string name, Planning planning)
    {
        var shelf = planning.Book.Teams;
        var key = KeyOf(name);
        if (shelf.Find(key) is { } known)
            return known;
        var team = new Team { Id = planning.NewId(), Name = name, NameKey = key, CreatedAt = planning.Now, UpdatedAt = planning.Now };
        planning.Save(RecordKind.Team, shelf, team, record => record);
        planning.CountAlso("team");
        return team;
    }

    private static Rep? ManagerFor(string name, Planning planning)
    {
        var shelf = planning.Book.Reps;
        var key = KeyOf(name);
        var known = shelf.Find(key);
        var manager = known ?? New(name, key, planning);
        if (known is null)
            planning.CountAlso("manager");
        manager = manager with { Roles = manager.Roles.With([Role.Manager]) };
        Save(manager, planning);
        return shelf.Find(key);
    }
}
