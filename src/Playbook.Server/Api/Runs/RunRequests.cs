using System.Text.Json;

namespace Playbook.Server.Api.Runs;

/// <summary>Starts one run.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="Subject">Whom it is about; leave out for nobody.</param>
/// <param name="Input">The playbook's inputs by name.</param>
/// <param name="CorrelationId">Ties events to this run.</param>
/// <param name="Id">The id of the run to be. Starting again with the same id gives the run that is there, so that a caller who got no answer can ask again.</param>
internal sealed record StartRun(string? Playbook, SubjectReference? Subject, JsonElement? Input, string? CorrelationId, Guid? Id);

/// <param name="Kind"><c>contact</c> or <c>opportunity</c>.</param>
/// <param name="Id">Its id.</param>
internal sealed record SubjectReference(string? Kind, string? Id);

/// <summary>Starts a playbook for many: those that are listed, or opportunities in a phase or stage.</summary>
/// <param name="Playbook">The playbook's id.</param>
/// <param name="Subjects">Whom to start it for; leave out to choose by phase or stage.</param>
/// <param name="Phase">Opportunities in this phase.</param>
/// <param name="Stage">Opportunities in this stage of the system they came from.</param>
/// <param name="After">Leaves out what an earlier call has dealt with: that call's <c>next</c>.</param>
/// <param name="Limit">How many to deal with in this call, 1 to 1,000; 100 by default.</param>
/// <param name="Input">The playbook's inputs by name, the same for all.</param>
internal sealed record StartMany(string? Playbook, IReadOnlyList<SubjectReference>? Subjects, string? Phase, string? Stage, Guid? After, int? Limit, JsonElement? Input);

/// <param name="Reason">Why, for the history.</param>
/// <param name="By">Who.</param>
internal sealed record CancelRun(string? Reason, string? By);

/// <summary>Moves a run to another step of its version.</summary>
/// <param name="Step">Where to: the step's name in the drawing, or its activity's id.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="By">Who.</param>
/// <param name="Revision">The state that was looked at: where the run has gone on since, it is not moved. Leave out for any.</param>
internal sealed record MoveRun(string? Step, string? Reason, string? By, long? Revision);

/// <param name="Runs">Which runs, by their ids.</param>
/// <param name="Reason">Why, for the history.</param>
/// <param name="By">Who.</param>
internal sealed record ChangeMany(IReadOnlyList<Guid>? Runs, string? Reason, string? By);

/// <param name="Runs">Those that were changed; the others were as wanted before, or are over.</param>
internal sealed record ChangedMany(IReadOnlyList<Guid> Runs);

/// <param name="Outcome">The port to leave through; <c>Done</c> where left out.</param>
internal sealed record SkipIncident(string? Outcome);
