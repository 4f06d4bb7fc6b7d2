namespace Playbook.Server.Commands;

/// <summary>What the program ends with; programs that call it rely on these numbers.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Failure = 1;
    public const int Usage = 2;
    public const int Suspended = 3;
    public const int Faulted = 4;
    public const int Busy = 5;
    public const int InvalidInput = 6;
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
