using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Sending;

public sealed class SendingSettingsTests
{
    [Fact]
    public async Task What_the_operator_sets_holds_for_the_next_message_and_outlives_a_restart()
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        var settings = (JsonObject)await trial.Get("/api/sending/settings");
        settings["ownHolidays"] = new JsonArray("2026-03-02");
        Assert.Equal(HttpStatusCode.OK, (await trial.Http.PutAsJsonAsync("/api/sending/settings", settings)).StatusCode);
        await trial.Stop();
        await trial.StartAgain();

        Assert.Equal("2026-03-02", (string?)(await trial.Get("/api/sending/settings"))["ownHolidays"]![0]);
        var run = await trial.Run("mail", (await trial.Contact()).Id);
        await trial.Settle();
        Assert.Empty(trial.Mails);
        Assert.Contains("operator has set", (string?)(await trial.Get($"/api/runs/{run}"))["messages"]![0]!["reason"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"contactPerDay":-1}""", "contactPerDay")]
    [InlineData("""{"hours":{"email":[{"days":["Monday"],"from":"17:00","to":"09:00"}]}}""", "hours")]
    [InlineData("""{"hours":{"email":[{"days":[],"from":"07:00","to":"09:00"}]}}""", "hours")]
    [InlineData("""{"mailbox":null}""", "settings")]
    [InlineData("""{"mailBoxes":{}}""", "settings")]
    [InlineData("""{"contactGap":"9000.00:00:00"}""", "contactGap")]
    [InlineData("[]", "settings")]
    public async Task Settings_that_make_no_sense_are_refused_by_name(string body, string name)
    {
        await using var trial = await TrialServer.Start(Playbooks.MailOnly);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var response = await trial.Http.PutAsync("/api/sending/settings", content);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains(name, (await response.Content.ReadFromJsonAsync<JsonObject>())!["errors"]!.AsObject().Select(error => error.Key));
    }
}
