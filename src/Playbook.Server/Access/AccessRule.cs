namespace Playbook.Server.Access;

/// <summary>Who may use an endpoint or a page.</summary>
/// <param name="IsPublic">Everybody, signed in or not.</param>
/// <param name="Needs">What a signed-in person must be allowed; null where being signed in is enough.</param>
internal sealed record Access(bool IsPublic, Permission? Needs)
{
    public static Access Everybody { get; } = new(true, null);
    public static Access SignedIn { get; } = new(false, null);

    /// <summary>For an endpoint that nobody has entered: closed to all but those who run the server.</summary>
    public static Access Forgotten { get; } = new(false, Permission.Settings);

    public static implicit operator Access(Permission needs) => new(false, needs);

    public bool Admits(Caller? caller) => IsPublic || (caller is not null && (Needs is not { } permission || AccessRole.Allows(caller.Roles, permission)));
}

/// <summary>A line of <see cref="AccessTable"/>.</summary>
/// <param name="Method"><c>*</c> for all.</param>
/// <param name="Pattern">The route as it was mapped, in lower case; <c>/**</c> at its end stands for everything below.</param>
/// <param name="Audit">What the record of who did what calls it; null where it is not recorded.</param>
internal sealed record AccessRule(string Method, string Pattern, Access Access, string? Audit = null)
{
    private const string Below = "/**";

    /// <summary>How exactly it is meant for such a request; 0 where it is not.</summary>
    public int Fit(string method, string route)
    {
        if (Method != "*" && Method != method)
            return 0;
        var ofMethod = Method == "*" ? 1 : 2;
        if (!Pattern.EndsWith(Below, StringComparison.Ordinal))
            return Pattern == route ? 100_000 + ofMethod : 0;
        var stem = Pattern[..^Below.Length];
        return route == stem || route.StartsWith(stem + "/", StringComparison.Ordinal) ? (10 * (stem.Length + 1)) + ofMethod : 0;
    }
}
