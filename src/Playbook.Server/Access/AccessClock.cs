namespace Playbook.Server.Access;

/// <summary>
/// The time of those who sign in. It is not the runs' clock: a trial that is moved by months must not sign people out, nor
/// end a lock-out.
/// </summary>
internal sealed class AccessClock(TimeProvider clock)
{
    public TimeProvider Clock { get; } = clock;

    public DateTimeOffset Now => Clock.GetUtcNow();
}
