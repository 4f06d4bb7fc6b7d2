using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Playbook.Storage.Sending;

namespace Playbook.Server.Api.Sending;

/// <summary>The operator's own hours, caps and pauses.</summary>
internal static class SendingSettingsApi
{
    public static void Map(IEndpointRouteBuilder api)
    {
        var settings = api.MapGroup("/sending/settings").WithTags("Sending");
        settings.MapGet("", Get).WithSummary("The hours, caps and pauses that hold, the defaults included");
        settings.MapPut("", Put).WithSummary("Sets hours, caps and pauses; what is left out goes back to its default");
    }

    private static ContentHttpResult Get(SendingLedger ledger) => TypedResults.Text(SettingsText.Write(ledger.Settings), "application/json");

    private static async Task<Results<ContentHttpResult, ProblemHttpResult>> Put(JsonElement body, SendingLedger ledger, TimeProvider clock)
    {
        try
        {
            var settings = SettingsText.Read(body.GetRawText());
            var problems = settings.Problems().ToList();
            if (problems.Count > 0)
                return Problems.Unprocessable(problems);
            await ledger.Set(settings, clock.GetUtcNow(), null);
            return Get(ledger);
        }
        catch (JsonException wrong)
        {
            return Problems.Unprocessable(("settings", $"They cannot be read: {wrong.Message} GET /api/sending/settings shows how they are written."));
        }
    }
}
