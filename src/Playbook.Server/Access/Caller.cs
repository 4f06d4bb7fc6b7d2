using System.Security.Claims;

namespace Playbook.Server.Access;

/// <summary>Who calls, as the sign-in found out.</summary>
/// <param name="MemberId">Null for this machine's command line.</param>
/// <param name="SessionId">The browser's session; null for programs.</param>
internal sealed record Caller(Guid? MemberId, string Name, Guid? RepId, IReadOnlyList<string> Roles, Guid? SessionId)
{
    private const string Rep = "rep";
    private const string Session = "session";

    /// <summary>Whoever can read the secret file of the server: its operator, at the command line.</summary>
    public static Caller Machine { get; } = new(null, "operator", null, [AccessRole.Admin], null);

    public static Caller Of(MemberFacts member, Guid? sessionId) => new(member.Id, member.Name, member.RepId, member.Roles, sessionId);

    /// <summary>Null for somebody who is not signed in.</summary>
    public static Caller? Of(ClaimsPrincipal principal) => principal.Identity is { IsAuthenticated: true } identity
        ? new Caller(Id(principal, ClaimTypes.NameIdentifier), identity.Name ?? "", Id(principal, Rep), [.. principal.FindAll(ClaimTypes.Role).Select(claim => claim.Value)], Id(principal, Session))
        : null;

    public ClaimsPrincipal ToPrincipal(string scheme)
    {
        var claims = new List<Claim> { new(ClaimTypes.Name, Name) };
        claims.AddRange(Roles.Select(role => new Claim(ClaimTypes.Role, role)));
        foreach (var (type, id) in new[] { (ClaimTypes.NameIdentifier, MemberId), (Rep, RepId), (Session, SessionId) })
            if (id is { } value)
                claims.Add(new Claim(type, value.ToString()));
        return new ClaimsPrincipal(new ClaimsIdentity(claims, scheme));
    }

    // Two lists of the same roles are the same rights.
    public bool Equals(Caller? other) =>
        other is not null && MemberId == other.MemberId && Name == other.Name && RepId == other.RepId && SessionId == other.SessionId && Roles.SequenceEqual(other.Roles, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(MemberId, Name, RepId, SessionId);

    private static Guid? Id(ClaimsPrincipal principal, string type) => Guid.TryParse(principal.FindFirstValue(type), out var id) ? id : null;
}
