namespace Playbook.Server.Api;

/// <summary>Which part of a list is asked for.</summary>
/// <param name="Skip">How many to leave out; none by default.</param>
/// <param name="Take">How many to give, 1 to 500; 50 by default.</param>
internal readonly record struct Paging(int? Skip, int? Take)
{
    public int From => Math.Max(0, Skip ?? 0);
    public int Count => Math.Clamp(Take ?? 50, 1, 500);
}

/// <summary>Part of a list.</summary>
/// <param name="Total">How many there are in all.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long Total);
