namespace Playbook.Server.Commands;

/// <summary>What the program ends with; every command keeps to these, and programs that call it rely on them.</summary>
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

    /// <summary>Another process has the database, or the port.</summary>
    public const int Busy = 5;

    /// <summary>The definition, or whatever else was given, is not valid.</summary>
    public const int InvalidInput = 6;

    /// <summary>The database cannot be used.</summary>
    public const int Storage = 7;

    /// <summary>The same as people read it, for <c>--help</c>.</summary>
    public const string Help = """
        Exit codes:
          0  done
          1  something failed
          2  the command was written wrongly
          3  the run waits for something (run)
          4  the run stands at an incident (run)
          5  the database or the port is in use by another process
          6  the input was refused: an unknown playbook, a form with mistakes, a task already completed
          7  the database cannot be used: read-only, damaged, or the disk is full
        """;
}
