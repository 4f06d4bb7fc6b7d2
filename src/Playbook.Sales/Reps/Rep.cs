namespace Playbook.Sales.Reps;

/// <summary>One of us: somebody who holds roles and does steps.</summary>
public sealed record Rep
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The name without case, spaces and accents: two reps never share it.</summary>
    public required string NameKey { get; init; }

    public string? Email { get; init; }
    public string? Phone { get; init; }
    public RoleSet Roles { get; init; } = RoleSet.None;
    public Guid? ManagerId { get; init; }
    public Guid? TeamId { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
