using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Playbook.Abstractions;
using Playbook.Engine.Runs;
using Playbook.Sales.Sending;
using Playbook.Server.Host;
using Playbook.Server.Plugins;
using Playbook.Server.Sending;
using Playbook.Server.Tests.Trial;
using Playbook.Server.Workers;
using Playbook.Storage.Runs;

namespace Playbook.Server.Tests.Sending;

public sealed class TwoWorkersTests
{
    private static readonly ChannelDescription Email = new("email", "E-mail", "Told what to do.") { AddressFact = "email" };

    private readonly ToldChannel _email = new();

    [Fact]
    public async Task Two_workers_on_one_outbox_send_each_message_once()
    {
        await using var trial = await Start();
        _email.Answer = async (message, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, token);
            return await ToldChannel.Accept(message, token);
        };
        using var second = Worker(trial);
        var contact = await trial.Contact();
        var starting = Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
                await trial.Run("mail", contact.Id);
        });
        while (!starting.IsCompleted)
        {
            await second.Settle(CancellationToken.None);
            await Task.Yield();
        }

        await starting;
        await Task.WhenAll(second.Settle(CancellationToken.None), trial.Settle());
        Assert.Equal(60, _email.Asked.Count);
        Assert.Equal(60, _email.Asked.Distinct().Count());
        Assert.Equal(60, (int)(await trial.Get("/api/runs?subStatus=Finished"))["total"]!);
    }

    [Fact]
    public async Task What_one_worker_takes_long_over_no_other_takes_however_long_it_takes()
    {
        await using var trial = await Start();
        var answer = new TaskCompletionSource<SendResult>();
        _email.Answer = (_, _) => new(answer.Task);
        using var second = Worker(trial);
        var run = Guid.Parse(await trial.Run("mail", (await trial.Contact()).Id));
        await Until(() => _email.Asked.Count == 1);

        var runs = trial.Server.Services.GetRequiredService<RunQueries>();
        for (var minute = 0; minute < 30; minute++)
        {
            trial.Clock.MoveTo(trial.Clock.GetUtcNow().AddMinutes(1));
            await Until(() => runs.Messages(run)[0].NotBefore > trial.Clock.GetUtcNow().AddMinutes(3));
            Assert.Equal(0, await second.Settle(CancellationToken.None));
        }

        answer.SetResult(new SendResult.Accepted("p-1"));
        await trial.Settle();
        Assert.Single(_email.Asked);
        Assert.Equal("finished", (string?)(await trial.Get($"/api/runs/{run}"))["subStatus"]);
    }

    private Task<TrialServer> Start() => TrialServer.Start(
        new TrialServer { MoreChannels = new Dictionary<ChannelDescription, IChannel> { [Email] = _email }, Limits = _ => new SendingLimits { TimeLimit = TimeSpan.FromDays(1) }, Policy = SendingSettings.WithoutLimits },
        folder => Drawing.Write(folder, "mail", [Drawing.Message("mail", "hello")], ("hello.sbn", "Subject: Hi\n\nHi.")));

    private static OutboxWorker Worker(TrialServer trial)
    {
        var services = trial.Server.Services;
        return new OutboxWorker(
            services.GetRequiredService<RunHost>(), services.GetRequiredService<OutboxWork>(), services.GetRequiredService<OutboxFates>(), services.GetRequiredService<ChannelRegistry>(),
            services.GetRequiredService<ChannelGates>(), new Wakeups(), services.GetRequiredService<ServeOptions>(), NullLogger<OutboxWorker>.Instance);
    }

    private static async Task Until(Func<bool> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!isSo())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromMinutes(1), "It does not come about.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None);
        }
    }
}
