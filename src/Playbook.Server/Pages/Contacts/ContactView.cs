using Playbook.Sales.Accounts;
using Playbook.Sales.Consent;
using Playbook.Sales.Contacts;
using Playbook.Sales.Opportunities;
using Playbook.Sales.Reps;
using Playbook.Storage.Runs;

namespace Playbook.Server.Pages.Contacts;

/// <summary>A run with the name of its playbook.</summary>
/// <param name="About">The sale that it is about; null where it is about the contact.</param>
public sealed record ContactRun(RunSummary Run, string Playbook, string? About);

/// <summary>All that is known of a contact.</summary>
/// <param name="LocalTime">What the clock shows where they are; null where nobody knows where that is.</param>
/// <param name="Tasks">What is to be done about them.</param>
/// <param name="Timeline">What happened, newest first.</param>
/// <param name="HasMore">Whether there is more than the timeline shows.</param>
public sealed record ContactView(
    Contact Contact, Account? Account, Rep? Owner, string? LocalTime, IReadOnlyList<Opportunity> Opportunities, IReadOnlyList<ContactRun> Runs, IReadOnlyList<TaskItem> Tasks,
    IReadOnlyList<ConsentEntry> Consents, IReadOnlyList<Suppression> Suppressions, IReadOnlyList<TimelineItem> Timeline, bool HasMore);
