namespace Playbook.Storage.Runs;

/// <summary>
/// The database could not do what was asked, and nothing of it was written. The message names the cause and the cure;
/// the store works again as soon as the cause is gone.
/// </summary>
public sealed class StoreException : Exception
{
    public StoreException(string message, Exception? cause = null)
        : base(message, cause)
    {
    }

    internal static StoreException For(string path, SqliteFault fault) => new(Describe(path, fault), fault);

    private static string Describe(string path, SqliteFault fault) => fault.PrimaryCode switch
    {
        SqliteFault.Full => $"The disk that holds {path} is full, so nothing was written. Free some space; work goes on by itself then.",
        SqliteFault.ReadOnly => $"The database {path} cannot be written to. Give the account that runs Playbook the right to write to the file and its folder; work goes on by itself then.",
        SqliteFault.Busy or SqliteFault.Locked => $"Another program holds the database {path} locked, so nothing was written. Close that program (a database browser, a backup); work goes on by itself then.",
        SqliteFault.CannotOpen => $"The database {path} cannot be opened. Check that its folder exists and that the account that runs Playbook may read and write there.",
        SqliteFault.Corrupt or SqliteFault.NotADatabase => $"The file {path} is damaged or is no Playbook database ({fault.Message}). Stop Playbook and restore the file from the latest backup.",
        SqliteFault.InputOutput => $"Reading or writing {path} failed ({fault.Message}), so nothing was written. Check the disk; work goes on by itself once it answers.",
        SqliteFault.OutOfMemory => $"There was not enough memory to write to {path}, so nothing was written. Give the process more memory; work goes on by itself then.",
        _ => $"The database {path} refused the work ({fault.Message}), so nothing of it was written. This is a fault in Playbook or in the database's schema; please report it with this message.",
    };
}
