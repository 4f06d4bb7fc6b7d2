using Playbook.Abstractions;
using Playbook.Engine.Runs;
using static Playbook.ContractTests.Runs.Turns;

namespace Playbook.ContractTests.Runs;

/// <summary>What a store of runs must know of those that wait.</summary>
public abstract class WaitingContract : RunStoreContract
{
    [Fact]
    public async Task Who_waits_for_a_signal_is_found_by_its_name()
    {
        RunState one = NewRun(correlation: "deal-7"), two = NewRun();
        var mark = Mark(one, BookmarkKind.Signal, "replied");
        await Commit(Start(one, mark));
        await Commit(Start(two, Mark(two, BookmarkKind.Signal, "other")));

        Assert.Equal([new BookmarkMatch(one.Id, mark.Id, "deal-7")], await Store.Find(BookmarkKind.Signal, "replied"));
    }

    [Fact]
    public async Task Who_waits_for_a_reply_is_found_by_the_subject()
    {
        RunState one = NewRun("contact-1"), two = NewRun("contact-2");
        await Commit(Start(one, Mark(one, BookmarkKind.Reply, "reply")));
        await Commit(Start(two, Mark(two, BookmarkKind.Reply, "reply")));

        Assert.Equal(two.Id, Assert.Single(await Store.Find(BookmarkKind.Reply, "contact-2")).RunId);
    }

    [Fact]
    public async Task A_bookmark_that_was_woken_is_not_found_again()
    {
        var run = NewRun();
        RunBookmark signal = Mark(run, BookmarkKind.Signal, "replied"), reply = Mark(run, BookmarkKind.Reply, "reply", number: 2);
        await Commit(Start(run, signal, reply));
        var next = Next(run);
        next.Bookmarks.Remove(signal);
        await Commit(Turn(next) with { Removed = [signal] });

        Assert.Empty(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Single(await Store.Find(BookmarkKind.Reply, "contact-1"));
    }

    [Fact]
    public async Task A_faulted_run_is_told_what_it_waits_for_but_not_that_time_has_come_before_it_is_repaired()
    {
        var run = NewRun();
        RunBookmark signal = Mark(run, BookmarkKind.Signal, "replied"), due = Mark(run, BookmarkKind.Due, "due", Noon, number: 2);
        await Commit(Start(run, signal, due));
        var faulted = Next(run);
        (faulted.Status, faulted.SubStatus) = (RunStatus.Finished, RunSubStatus.Faulted);
        await Commit(Turn(faulted));
        Assert.Single(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Empty(await Store.Due(Noon, 10));

        var repaired = Next(faulted);
        (repaired.Status, repaired.SubStatus) = (RunStatus.Running, RunSubStatus.Suspended);
        await Commit(Turn(repaired));
        Assert.Single(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Equal([run.Id], await Store.Due(Noon, 10));
    }

    [Fact]
    public async Task Due_runs_come_earliest_first_and_stay_due_until_they_move_on()
    {
        var runs = new List<RunState>();
        foreach (var minutes in (int[])[30, 10, 20, 40])
        {
            var run = NewRun();
            await Commit(Start(run, Mark(run, BookmarkKind.Due, "due", Noon.AddMinutes(minutes))));
            runs.Add(run);
        }

        Assert.Equal([runs[1].Id, runs[2].Id, runs[0].Id], await Store.Due(Noon.AddMinutes(30), 10));
        Assert.Equal([runs[1].Id, runs[2].Id], await Store.Due(Noon.AddMinutes(30), 2));

        await Commit(Finish(runs[1]));
        Assert.Equal([runs[2].Id, runs[0].Id], await Store.Due(Noon.AddMinutes(30), 10));
    }

    [Fact]
    public async Task The_earliest_of_a_runs_due_times_counts()
    {
        var run = NewRun();
        RunBookmark late = Mark(run, BookmarkKind.Due, "late", Noon.AddHours(2)), early = Mark(run, BookmarkKind.Due, "early", Noon.AddHours(1), 2);
        await Commit(Start(run, late, early));
        Assert.Equal([run.Id], await Store.Due(Noon.AddHours(1), 10));

        var next = Next(run);
        next.Bookmarks.Remove(early);
        await Commit(Turn(next) with { Removed = [early] });
        Assert.Empty(await Store.Due(Noon.AddHours(1), 10));
        Assert.Equal([run.Id], await Store.Due(Noon.AddHours(2), 10));
    }

    [Fact]
    public async Task A_finished_run_waits_for_nothing()
    {
        var run = NewRun();
        await Commit(Start(run,
            Mark(run, BookmarkKind.Signal, "replied"), Mark(run, BookmarkKind.Reply, "reply", number: 2), Mark(run, BookmarkKind.Due, "due", Noon, 3)));
        await Commit(Finish(run));

        Assert.Empty(await Store.Find(BookmarkKind.Signal, "replied"));
        Assert.Empty(await Store.Find(BookmarkKind.Reply, "contact-1"));
        Assert.Empty(await Store.Due(Noon.AddYears(1), 10));
    }

    [Fact]
    public async Task A_run_that_would_end_and_leave_a_bookmark_is_refused()
    {
        var run = NewRun();
        await Commit(Start(run, Mark(run, BookmarkKind.Signal, "replied")));
        var forgetful = Finish(run) with { Removed = [] };

        await Assert.ThrowsAsync<InvalidOperationException>(() => Commit(forgetful));
        Assert.Equal(1, (await Store.Get(run.Id))!.Revision);
    }
}
