using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Workers;

public sealed class HttpCallTests
{
    [Fact]
    public async Task A_request_is_made_once_and_its_answer_takes_the_run_on()
    {
        var keys = new List<string>();
        await using var other = await Other(async context =>
        {
            keys.Add(context.Request.Headers["Idempotency-Key"].ToString());
            await context.Response.WriteAsJsonAsync(new { price = 42 });
        });
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calling", [Drawing.Call("call", other.Urls.First() + "/price")]));

        var run = await trial.Run("calling");
        await trial.Settle();

        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
        Assert.NotEqual("", Assert.Single(keys));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_an_answer_too()
    {
        await using var trial = await TrialServer.Start(folder => Drawing.Write(folder, "calling", [Drawing.Call("call", "http://127.0.0.1:1/none")]));

        var run = await trial.Run("calling");
        await trial.Settle();

        var answer = await trial.Get($"/api/runs/{run}");
        Assert.Equal("faulted", (string?)answer["subStatus"]);
        Assert.Contains("The request failed", (string?)answer["incidents"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal(0, (int)(await trial.Get("/health"))["outbox"]!);
    }

    private static async Task<WebApplication> Other(RequestDelegate answer)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(answer);
        await app.StartAsync();
        return app;
    }
}
