using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Server.Host;
using Playbook.Server.Workers;

namespace Playbook.Server.Api.Clock;

/// <summary>What time it is for the runs, and moving it in a trial.</summary>
internal static class ClockApi
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(3660);

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/clock", (TimeProvider clock) => new ClockReport(clock.GetUtcNow(), clock is ManualClock, null)).WithTags("Clock").WithSummary("What time it is for the runs");
        api.MapPost("/clock/advance", Advance).WithTags("Clock").WithSummary("Moves a trial's clock forward");
    }

    private static async Task<Results<Ok<ClockReport>, ProblemHttpResult>> Advance(AdvanceClock body, TimeProvider clock, TimeTravel travel, CancellationToken cancellationToken)
    {
        if (clock is not ManualClock)
            return Problems.Conflict("The clock is the real one, which nobody moves. Serve with --clock manual to try things out.");
        var now = clock.GetUtcNow();
        TimeSpan by = default;
        if (body is { By: null, To: null } or { By: not null, To: not null })
            return Problems.Unprocessable(("by", "Say either how far to move ('by') or where to ('to')."));
        if (body.By is { } text && !(TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out by) && by > TimeSpan.Zero && by <= Farthest))
            return Problems.Unprocessable(("by", $"'{text}' is no time to move by; write 3.00:00:00 for three days or 04:30:00 for four and a half hours, ten years at most."));
        var to = body.To ?? now + by;
        if (to < now || to - now > Farthest)
            return Problems.Unprocessable(("to", "The clock only goes forward, and ten years at most."));
        var turns = await travel.MoveTo(to, cancellationToken);
        return TypedResults.Ok(new ClockReport(clock.GetUtcNow(), true, turns));
    }
}

/// <param name="By">A time span, such as <c>3.00:00:00</c>.</param>
/// <param name="To">A moment.</param>
internal sealed record AdvanceClock(string? By, DateTimeOffset? To);

/// <param name="Turns">How many turns runs took on the way.</param>
internal sealed record ClockReport(DateTimeOffset Now, bool CanBeMoved, int? Turns);
