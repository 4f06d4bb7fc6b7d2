using Playbook.Abstractions;
using Playbook.Engine.Runs;

namespace Playbook.Engine.Tests.Runs;

/// <summary>Bytes recorded with an earlier Playbook, from before bounces had kinds and stimuli carried their event.</summary>
public sealed class OldFormatTests
{
    private const string Head = "010123456789AB7DEF8123456789ABCDEF02026402027602018080ACFBBEFDBF9F1100010000000000020000005A0206632D3100040002020200000000000000000206030E02087761697402480000";

    private static readonly Guid Run = Guid.Parse("01234567-89ab-7def-8123-456789abcdef");

    [Theory]
    [InlineData("01060600023235353020352E312E31206D61696C626F7820756E6B6E6F776E01022102086D61696C4602028601", "550 5.1.1 mailbox unknown", BounceKind.Hard)]
    [InlineData("01060600022C34353220342E322E32206D61696C626F782066756C6C00022102086D61696C4602028601", "452 4.2.2 mailbox full", BounceKind.Soft)]
    public void A_bounce_in_an_old_history_reads_as_hard_or_soft(string recorded, string reason, BounceKind kind)
    {
        var entry = Journal.Read(Run, 2, TestRun.Noon, Convert.FromHexString(recorded));

        Assert.Equal(new Stimulus.Bounced(reason, kind) { BookmarkId = $"{Run:N}-3" }, entry.Stimulus);
        var happened = Assert.Single(entry.Events);
        Assert.Equal((RunEventKind.Completed, "mail", "Failed"), (happened.Kind, happened.ActivityId, Assert.Single(happened.Outcomes!)));
    }

    [Fact]
    public void A_reply_in_an_old_history_reads_as_it_was() =>
        Assert.Equal(new Stimulus.Replied("Yes", "email") { BookmarkId = $"{Run:N}-3" }, Journal.Read(Run, 2, TestRun.Noon, Convert.FromHexString("0107060002065965736A022102086D61696C4602028601")).Stimulus);

    [Theory]
    [InlineData("02060600023235353020352E312E31206D61696C626F7820756E6B6E6F776E01")]
    [InlineData("02060600023235353020352E312E31206D61696C626F7820756E6B6E6F776E0100000000000000")]
    public void A_bounce_that_an_old_run_kept_reads_too_with_and_without_room_behind_it(string deferred)
    {
        var state = RunState.Read(Convert.FromHexString(Head + deferred));

        Assert.Equal(BounceKind.Hard, Assert.IsType<Stimulus.Bounced>(Assert.Single(state.Deferred!)).Kind);
        Assert.Null(state.Taken);
    }
}
