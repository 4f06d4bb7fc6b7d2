using Playbook.Sales.Metrics;

namespace Playbook.Sales.Tests.Metrics;

public sealed class RetentionTests
{
    private static readonly DateOnly Today = new(2026, 12, 31);

    [Fact]
    public void Where_all_are_old_enough_it_is_the_plain_share()
    {
        var clients = Clients(40, daysAgo: 400, again: 10, after: 60);

        Assert.Equal([0, 0.25, 0.25, 0.25], Retention.Of("all", clients, Today).Again);
    }

    [Fact]
    public void The_youngest_make_nothing_look_worse_and_nothing_is_told_of_what_nobody_has_lived()
    {
        // Forty who had half a year, and forty of last week.
        ClientReturn[] clients = [.. Clients(40, daysAgo: 200, again: 10, after: 60), .. Clients(40, daysAgo: 7, again: 0, after: 0)];

        Assert.Equal([0, 0.25, 0.25, null], Retention.Of("all", clients, Today).Again);
    }

    [Fact]
    public void Of_few_clients_nothing_is_told() => Assert.Equal([null, null, null, null], Retention.Of("few", Clients(Retention.Fewest - 1, 400, 10, 60), Today).Again);

    private static ClientReturn[] Clients(int count, int daysAgo, int again, int after) =>
        [.. Enumerable.Range(0, count).Select(at => new ClientReturn("Ada", "Team", Today.AddDays(-daysAgo), at < again ? Today.AddDays(after - daysAgo) : null))];
}
