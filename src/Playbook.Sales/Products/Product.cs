namespace Playbook.Sales.Products;

public sealed record Product
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }

    /// <summary>The name's letters and digits only: "GTX Pro" and "GTXPro" are one product.</summary>
    public required string NameKey { get; init; }

    public string? Series { get; init; }
    public decimal? Price { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
}
