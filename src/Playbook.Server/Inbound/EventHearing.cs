using Microsoft.EntityFrameworkCore;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Storage;

namespace Playbook.Server.Inbound;

/// <summary>Tells the runs of what came in: what is about one message goes to the run that sent it, what is about the person to all of theirs.</summary>
public sealed class EventHearing(RunHost host, IDbContextFactory<PlaybookDb> databases)
{
    /// <summary>Returns how many waits it woke; none where the runs are over or wait for something else, which is harmless.</summary>
    public async Task<int> Tell(EventMatch match, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(match);
        ArgumentNullException.ThrowIfNull(stimulus);
        var woken = await TellSender(match, stimulus);
        // A bounce is about one message; that another run's letter came back it is not.
        var isAboutOneMessage = stimulus is Stimulus.Bounced or Stimulus.Rejected or Stimulus.ContactAnswered && match.Run is not null;
        if (isAboutOneMessage)
        {
            if (stimulus is not Stimulus.Rejected && match.Run!.Subject.Id.Length > 0)
                woken += (await host.Hear(match.Run.Subject.Id, stimulus, match.Run.Id)).Count;
            // A time can be agreed by a link that another run sent.
            if (woken > 0 || stimulus is not Stimulus.ContactAnswered)
                return woken;
        }

        foreach (var subject in await SubjectsOf(match))
            woken += (await host.Hear(subject, stimulus)).Count;
        return woken;
    }

    /// <summary>The step that sent the message, where it waits for the message's fate.</summary>
    private async Task<int> TellSender(EventMatch match, Stimulus stimulus)
    {
        if (match.Run is not { } run || stimulus is not (Stimulus.Bounced or Stimulus.Rejected or Stimulus.ContactAnswered))
            return 0;
        var woken = 0;
        foreach (var bookmark in run.Bookmarks.Where(b => b.Kind == BookmarkKind.Delivery && b.ActivityId == match.ActivityId))
            if (await host.Take(run.Id, stimulus with { BookmarkId = bookmark.Id }) is not null)
                woken++;
        return woken;
    }

    private async Task<IReadOnlyList<string>> SubjectsOf(EventMatch match)
    {
        if (match.ContactId is not { } contact)
            return match.Run is { Subject.Id.Length: > 0 } run ? [run.Subject.Id] : [];
        await using var database = await databases.CreateDbContextAsync();
        var sales = await database.Opportunities.AsNoTracking().Where(o => o.ContactId == contact).Select(o => o.Id).ToListAsync();
        return [contact.ToString("D"), .. sales.Select(id => id.ToString("D"))];
    }
}
