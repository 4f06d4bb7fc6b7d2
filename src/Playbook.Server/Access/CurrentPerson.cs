namespace Playbook.Server.Access;

/// <summary>Who is at work in this request or on this open page; nobody, where it is open to everybody.</summary>
public sealed class CurrentPerson
{
    private const int LongestName = 200;

    private Caller? _caller;

    /// <summary>Null for nobody, and for this machine's command line.</summary>
    public Guid? MemberId => _caller?.MemberId;

    /// <summary>As history names them.</summary>
    public string Name => _caller?.Name ?? "";

    /// <summary>The rep whose tasks are theirs; null for somebody who works no tasks.</summary>
    public Guid? RepId => _caller?.RepId;

    /// <summary>See <see cref="AccessRole"/>.</summary>
    public IReadOnlyList<string> Roles => _caller?.Roles ?? [];

    public bool IsSignedIn => _caller is not null;

    /// <summary>Their rights have changed, or they were signed out, while the page was open.</summary>
    public event Action? Changed;

    internal Caller? Caller => _caller;

    internal Guid? SessionId => _caller?.SessionId;

    public bool Can(Permission permission) => AccessRole.Allows(Roles, permission);

    /// <summary>
    /// The name that history is to show. A member acts in nobody's name but their own; the command line may say for whom it
    /// does something.
    /// </summary>
    public string ActsAs(string? given)
    {
        var clean = new string([.. (given ?? "").Where(letter => !char.IsControl(letter))]).Trim();
        return MemberId is null && clean.Length > 0 ? clean[..Math.Min(clean.Length, LongestName)] : Name;
    }

    internal void Become(Caller? caller)
    {
        if (caller == _caller)
            return;
        _caller = caller;
        Changed?.Invoke();
    }
}
