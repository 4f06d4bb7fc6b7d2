namespace Playbook.Server.Commands;

/// <summary>What the program ends with; every command keeps to these.</summary>
internal static class ExitCodes
{
    /// <summary>Done; for <c>run</c>, the run finished.</summary>
    public const int Ok = 0;

    /// <summary>Something failed; what and why stands on standard error.</summary>
    public const int Failure = 1;

    /// <summary>The command was called the wrong way.</summary>
    public const int Usage = 2;

    /// <summary>The run waits for something.</summary>
    public const int Suspended = 3;

    /// <summary>The run ended in a fault.</summary>
    public const int Faulted = 4;

    /// <summary>Another process has the database.</summary>
    public const int Busy = 5;

    /// <summary>The definition, or another file that was given, is not valid.</summary>
    public const int InvalidInput = 6;
}
