using Playbook.Server.Pages.Incidents;

namespace Playbook.Server.Tests.Pages.Incidents;

public sealed class IncidentWordsTests
{
    [Fact]
    public void What_tells_cases_of_one_cause_apart_is_left_out_of_it()
    {
        var one = IncidentWords.Cause("E-mail did not take the message in 15 attempts since 2026-03-02 08:11 UTC: 550 refused for mette@nordlys.example. Put that right.");
        var other = IncidentWords.Cause("E-mail did not take the message since 2026-03-04 10:45 UTC: 550 refused for jonas@vestkyst.example. Put that right.");

        Assert.Equal("E-mail did not take the message: 550 refused for an address. Put that right.", one);
        Assert.Equal(one, other);
        Assert.NotEqual(one, IncidentWords.Cause("E-mail did not take the message since 2026-03-04 10:45 UTC: the password is wrong. Put that right."));
        Assert.Equal("E-mail did not take the message", IncidentWords.Headline(one));
    }
}
