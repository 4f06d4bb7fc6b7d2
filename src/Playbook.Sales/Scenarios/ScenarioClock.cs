namespace Playbook.Sales.Scenarios;

/// <summary>A clock that stands until it is moved.</summary>
public sealed class ScenarioClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _now = start;

    public override DateTimeOffset GetUtcNow() => _now;

    /// <summary>Moves on; never back.</summary>
    public void MoveTo(DateTimeOffset time)
    {
        if (time > _now)
            _now = time;
    }
}
