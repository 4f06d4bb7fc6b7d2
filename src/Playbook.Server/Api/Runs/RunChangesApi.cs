using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Server.Access;
using Playbook.Server.Subjects;

namespace Playbook.Server.Api.Runs;

/// <summary>Starting runs, ending them, and taking them up again after something failed.</summary>
internal static class RunChangesApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var runs = api.MapGroup("/runs").WithTags("Runs");
        runs.MapPost("", Start).WithSummary("Starts a run");
        runs.MapPost("/bulk", StartAll).WithSummary("Starts a playbook for many; whoever has an unfinished run of it is skipped");
        runs.MapPost("/{id:guid}/cancel", Cancel).WithSummary("Ends a run now");
        runs.MapPost("/{id:guid}/pause", Pause).WithSummary("Makes a run stand still; it keeps what comes for it");
        runs.MapPost("/{id:guid}/resume", Resume).WithSummary("Has a paused run go on, with what came meanwhile");
        runs.MapPost("/{id:guid}/move", Move).WithSummary("Has a run give up what is under way and go on at another step of its version");
        runs.MapPost("/pause", PauseMany).WithSummary("Makes runs stand still");
        runs.MapPost("/resume", ResumeMany).WithSummary("Has paused runs go on, one after the other");
        runs.MapPost("/{id:guid}/incidents/{incidentId}/retry", Retry).WithSummary("Has the failed step tried again");
        runs.MapPost("/{id:guid}/incidents/{incidentId}/skip", Skip).WithSummary("Leaves the failed step as done");
    }

    private static async Task<Results<Created<RunPosition>, ProblemHttpResult>> Start(StartRun body, RunHost host, SubjectLookup subjects, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Playbook))
            return Problems.Unprocessable(("playbook", "Name the playbook to start."));
        if (await host.Sources.Published(body.Playbook) is not { } definition)
            return Problems.Unprocessable(("playbook", $"There is no published playbook '{body.Playbook}'. 'playbook serve --playbooks FOLDER' takes a folder of playbooks in and publishes them."));
        var subject = Subject.None;
        if (body.Subject is { } reference)
        {
            if (await subjects.Find(reference.Kind ?? "", reference.Id ?? "") is not { } found)
                return Problems.Unprocessable(("subject", $"There is no {reference.Kind ?? "subject"} '{reference.Id}'; its kind must be contact or opportunity."));
            subject = found;
        }

        var state = await host.Start(definition, new StartRequest
        {
            Id = body.Id, Subject = subject, Input = PlainValues.OfObject("input", body.Input), CorrelationId = body.CorrelationId,
        }, cancellationToken);
        return TypedResults.Created($"/api/runs/{state.Id}", RunPosition.Of(state));
    }

    private static async Task<Results<Ok<StartedMany>, ProblemHttpResult>> StartAll(StartMany body, BulkStart bulk, RunHost host, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Playbook))
            return Problems.Unprocessable(("playbook", "Name the playbook to start."));
        if (body is { Subjects: null, Phase: null, Stage: null })
            return Problems.Unprocessable(("stage", "Say for whom: a stage, a phase, or a list of subjects."));
        if (body.Limit is < 1 or > BulkStart.MostAtOnce)
            return Problems.Unprocessable(("limit", $"The limit is from 1 to {BulkStart.MostAtOnce}."));
        if (await host.Sources.Published(body.Playbook) is not { } definition)
            return Problems.Unprocessable(("playbook", $"There is no published playbook '{body.Playbook}'. 'playbook serve --playbooks FOLDER' takes a folder of playbooks in and publishes them."));
        return TypedResults.Ok(await bulk.Start(definition, body, PlainValues.OfObject("input", body.Input), cancellationToken));
    }

    private static Task<Results<Ok<RunPosition>, ProblemHttpResult>> Cancel(Guid id, CancelRun? body, CurrentPerson person, RunHost host, CancellationToken cancellationToken) =>
        Take(id, new Stimulus.Cancelled(body?.Reason, person.ActsAs(body?.By)), "The run is over already.", host, cancellationToken);

    private static Task<Results<Ok<RunPosition>, ProblemHttpResult>> Pause(Guid id, CancelRun? body, CurrentPerson person, RunHost host, CancellationToken cancellationToken) =>
        Take(id, new Stimulus.Paused(body?.Reason, person.ActsAs(body?.By)), "The run is paused already, or over.", host, cancellationToken);

    private static Task<Results<Ok<RunPosition>, ProblemHttpResult>> Resume(Guid id, CancelRun? body, CurrentPerson person, RunHost host, CancellationToken cancellationToken) =>
        Take(id, new Stimulus.Resumed(body?.Reason, person.ActsAs(body?.By)), "The run is not paused.", host, cancellationToken);

    private static async Task<Results<Ok<RunPosition>, ProblemHttpResult>> Move(Guid id, MoveRun body, CurrentPerson person, RunMoving moving, RunHost host, CancellationToken cancellationToken)
    {
        if (string.IsNullOrWhiteSpace(body.Step))
            return Problems.Unprocessable(("step", "Name the step to move to; GET /api/runs/{id}/move lists them."));
        if (string.IsNullOrWhiteSpace(body.Reason))
            return Problems.Unprocessable(("reason", "Say why; it stands in the run's history."));
        if (await host.Store.Get(id, cancellationToken) is null)
            return RunsApi.Unknown(id);
        var result = await moving.Move(id, body.Step.Trim(), body.Reason.Trim(), person.ActsAs(body.By), body.Revision, cancellationToken);
        return result switch
        {
            { Run: { } run } => TypedResults.Ok(RunPosition.Of(run)),
            { IsUnknown: true } => Problems.Unprocessable(("step", result.Refusal!)),
            _ => Problems.Conflict(result.Refusal!),
        };
    }

    private static async Task<Results<Ok<ChangedMany>, ProblemHttpResult>> PauseMany(ChangeMany body, CurrentPerson person, RunPausing pausing, CancellationToken cancellationToken) =>
        TooMany(body) is { } problem ? problem : TypedResults.Ok(new ChangedMany(await pausing.PauseAll(body.Runs!, body.Reason, person.ActsAs(body.By), cancellationToken)));

    private static async Task<Results<Ok<ChangedMany>, ProblemHttpResult>> ResumeMany(ChangeMany body, CurrentPerson person, RunPausing pausing, CancellationToken cancellationToken) =>
        TooMany(body) is { } problem ? problem : TypedResults.Ok(new ChangedMany(await pausing.ResumeAll(body.Runs!, body.Reason, person.ActsAs(body.By), cancellationToken)));

    private static ProblemHttpResult? TooMany(ChangeMany body) =>
        body.Runs is not { Count: > 0 and <= BulkStart.MostAtOnce } ? Problems.Unprocessable(("runs", $"List from 1 to {BulkStart.MostAtOnce} runs by their ids.")) : null;

    private static Task<Results<Ok<RunPosition>, ProblemHttpResult>> Retry(Guid id, string incidentId, RunHost host, CancellationToken cancellationToken) =>
        Take(id, new Stimulus.Repaired(incidentId, Skip: false, null), NoIncident(incidentId), host, cancellationToken);

    private static Task<Results<Ok<RunPosition>, ProblemHttpResult>> Skip(Guid id, string incidentId, SkipIncident? body, RunHost host, CancellationToken cancellationToken) =>
        Take(id, new Stimulus.Repaired(incidentId, Skip: true, body?.Outcome), NoIncident(incidentId), host, cancellationToken);

    private static async Task<Results<Ok<RunPosition>, ProblemHttpResult>> Take(Guid id, Stimulus stimulus, string tooLate, RunHost host, CancellationToken cancellationToken)
    {
        if (await host.Store.Get(id, cancellationToken) is null)
            return RunsApi.Unknown(id);
        return await host.Take(id, stimulus, null, cancellationToken) is { } state ? TypedResults.Ok(RunPosition.Of(state)) : Problems.Conflict(tooLate);
    }

    private static string NoIncident(string incidentId) => $"The run has no open incident '{incidentId}': it was repaired before, or the run is over.";
}
