using System.Net;
using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Api;

public sealed class RunApiTests
{
    [Fact]
    public async Task Starting_many_twice_starts_them_once()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Opportunities(30, "Prospecting");
        await trial.Opportunities(5, "Won");
        var body = new JsonObject { ["playbook"] = "outreach", ["stage"] = "prospecting", ["limit"] = 100 };

        var (_, first) = await trial.Post("/api/runs/bulk", (JsonObject)body.DeepClone());
        var (_, second) = await trial.Post("/api/runs/bulk", body);

        Assert.Equal((30, 30, 0), ((int)first["matched"]!, (int)first["started"]!, (int)first["skipped"]!));
        Assert.Equal((30, 0, 30), ((int)second["matched"]!, (int)second["started"]!, (int)second["skipped"]!));
        Assert.Equal(30, (int)(await trial.Get("/api/tasks"))["total"]!);
    }

    [Fact]
    public async Task Starting_many_goes_on_where_the_call_before_ended()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        await trial.Opportunities(25, "Prospecting");
        var started = 0;
        JsonNode? next = null;
        for (var call = 0; call < 3; call++)
        {
            var (_, part) = await trial.Post("/api/runs/bulk", new JsonObject { ["playbook"] = "outreach", ["phase"] = "lead-generation", ["limit"] = 10, ["after"] = next?.DeepClone() });
            started += (int)part["started"]!;
            next = part["next"];
        }

        Assert.Equal(25, started);
        Assert.Null(next);
    }

    [Fact]
    public async Task Starting_again_with_the_same_id_gives_the_run_that_is_there()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var body = new JsonObject { ["playbook"] = "outreach", ["id"] = Guid.CreateVersion7().ToString() };

        var (_, first) = await trial.Post("/api/runs", (JsonObject)body.DeepClone());
        var (_, second) = await trial.Post("/api/runs", body);

        Assert.Equal((string?)first["id"], (string?)second["id"]);
        Assert.Equal(1, (int)(await trial.Get("/api/runs"))["total"]!);
    }

    [Fact]
    public async Task A_cancelled_run_leaves_no_task_and_cannot_be_cancelled_twice()
    {
        await using var trial = await TrialServer.Start(Playbooks.Outreach);
        var run = await trial.Run("outreach");

        var (_, cancelled) = await trial.Post($"/api/runs/{run}/cancel", new JsonObject { ["reason"] = "sold already", ["by"] = "Bo" });
        var (again, _) = await trial.Post($"/api/runs/{run}/cancel");

        Assert.Equal("cancelled", (string?)cancelled["subStatus"]);
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(0, (int)(await trial.Get("/api/tasks"))["total"]!);
        Assert.Equal(HttpStatusCode.NotFound, (await trial.Post($"/api/runs/{Guid.CreateVersion7()}/cancel")).Status);
    }

    [Fact]
    public async Task A_failed_step_stands_among_the_incidents_until_it_is_skipped()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "faulty", [Drawing.Fault("bad", "no such price"), Drawing.Line("after", "went on")]));
        var run = await trial.Run("faulty");
        Assert.Equal(1, (int)(await trial.Get("/health"))["incidents"]!);
        var incident = (string)(await trial.Get($"/api/runs/{run}"))["incidents"]![0]!["id"]!;

        var (_, retried) = await trial.Post($"/api/runs/{run}/incidents/{incident}/retry");
        var (gone, _) = await trial.Post($"/api/runs/{run}/incidents/{incident}/retry");
        var second = (string)(await trial.Get($"/api/runs/{run}"))["incidents"]!.AsArray().Single(i => !(bool)i!["resolved"]!)!["id"]!;
        var (_, skipped) = await trial.Post($"/api/runs/{run}/incidents/{second}/skip");

        Assert.Equal("faulted", (string?)retried["subStatus"]);
        Assert.Equal(HttpStatusCode.Conflict, gone);
        Assert.Equal("finished", (string?)skipped["subStatus"]);
        Assert.Equal(0, (int)(await trial.Get("/health"))["incidents"]!);
    }

    [Fact]
    public async Task An_event_wakes_the_runs_with_its_correlation_id_only()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "waiting", [Drawing.Event("paid", "paid")]));
        await trial.Post("/api/runs", new JsonObject { ["playbook"] = "waiting", ["correlationId"] = "order-1" });
        await trial.Post("/api/runs", new JsonObject { ["playbook"] = "waiting", ["correlationId"] = "order-2" });

        var (_, one) = await trial.Post("/api/events/paid", new JsonObject { ["correlationId"] = "order-1", ["payload"] = new JsonObject { ["amount"] = 5 } });
        var (_, rest) = await trial.Post("/api/events/paid");

        Assert.Equal(1, (int)one["runs"]!);
        Assert.Equal(1, (int)rest["runs"]!);
    }

    [Fact]
    public async Task Work_for_a_program_is_completed_once_with_its_result()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "working", [Drawing.Work("price", "price it")]));
        var run = await trial.Run("working");
        await trial.Settle();
        Assert.Equal(1, (int)(await trial.Get("/health"))["outbox"]!);
        var bookmark = (string)(await trial.Get($"/api/runs/{run}"))["waitsFor"]![0]!["id"]!;

        var (status, _) = await trial.Post($"/api/work/{bookmark}/complete", new JsonObject { ["result"] = 42 });
        var (again, _) = await trial.Post($"/api/work/{bookmark}/complete", new JsonObject { ["result"] = 42 });

        Assert.Equal(HttpStatusCode.NoContent, status);
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.Equal(0, (int)(await trial.Get("/health"))["outbox"]!);
    }

    [Fact]
    public async Task The_clock_goes_from_one_due_moment_to_the_next()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "waits", [Drawing.Reply("one", "1.00:00:00"), Drawing.Reply("two", "1.00:00:00"), Drawing.Reply("three", "1.00:00:00")]));
        var run = await trial.Run("waits");

        var (_, moved) = await trial.Post("/api/clock/advance", new JsonObject { ["by"] = "2.12:00:00" });

        Assert.Equal(2, (int)moved["turns"]!);
        Assert.Equal(TrialServer.Begin.AddDays(3), (await trial.Get($"/api/runs/{run}"))["waitsFor"]!.AsArray().Max(wait => (DateTimeOffset?)wait!["dueAt"]));
    }
}
