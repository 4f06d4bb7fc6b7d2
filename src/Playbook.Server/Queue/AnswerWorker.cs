using Playbook.Server.Workers;

namespace Playbook.Server.Queue;

/// <summary>Gives held answers to their runs when their time has come.</summary>
public sealed class AnswerWorker(AnswerDesk desk, Wakeups wakeups, TimeProvider clock, ILogger<AnswerWorker> log) : BackgroundService
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(50);

    /// <summary>What was held before the program ended is taken before runs wake by their own times: it was said earlier.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Pass();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            var next = await Pass();
            var wait = next is { } at ? at - clock.GetUtcNow() : LookEvery;
            await wakeups.Answers.Wait(wait < Shortest ? Shortest : wait > LookEvery ? LookEvery : wait, clock, stoppingToken);
        }
    }

    private async Task<DateTimeOffset?> Pass()
    {
        try
        {
            await desk.TakeDue();
            return desk.NextAt;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Held answers could not be taken; it is tried again");
            return clock.GetUtcNow() + TimeSpan.FromSeconds(1);
        }
    }
}
