namespace Playbook.Storage.Runs;

/// <summary>What became of the wish to delete a run.</summary>
public enum RunRemoval
{
    Deleted,

    /// <summary>There is no such run.</summary>
    Unknown,

    /// <summary>It has not ended for good: it waits, works or stands at an incident.</summary>
    UnderWay,

    /// <summary>It has ended, but something that it asked of the world is still on its way out.</summary>
    StillSending,
}
