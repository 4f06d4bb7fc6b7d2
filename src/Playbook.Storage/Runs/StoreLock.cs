using System.Globalization;
using System.Text.Json;

namespace Playbook.Storage.Runs;

/// <summary>The process that owns a database, as it wrote itself down.</summary>
/// <param name="Pid">Its process id.</param>
/// <param name="Url">Where it serves; null before it does.</param>
public sealed record StoreOwner(int Pid, string? Url);

/// <summary>
/// The right of one process to a database, held by keeping <c>{database}.lock</c> open. Who holds it stands in
/// <c>{database}.owner</c>, because a locked file cannot be read on Windows.
/// </summary>
public sealed class StoreLock : IDisposable
{
    private static readonly JsonSerializerOptions Web = new(JsonSerializerDefaults.Web);

    private readonly FileStream _file;

    private StoreLock(string databasePath, FileStream file)
    {
        DatabasePath = databasePath;
        _file = file;
    }

    /// <summary>The database's full path.</summary>
    public string DatabasePath { get; }

    /// <summary>Throws <see cref="StoreException"/>, naming the owner, where another process has it.</summary>
    public static StoreLock Acquire(string databasePath)
    {
        var path = Path.GetFullPath(databasePath);
        FileStream file;
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file = OpenLock(path);
        }
        catch (UnauthorizedAccessException cause)
        {
            throw new StoreException($"Playbook may not write to {path}. Give the account that runs Playbook the right to write to the file and its folder.", cause);
        }
        catch (IOException cause)
        {
            throw new StoreException(
                IsSharing(cause) ? InUse(path)
                : cause.HResult == ReadOnlyFileSystem ? $"The database {path} is on a file system that is read-only. Mount it writable, or give Playbook a database elsewhere."
                : $"The database {path} cannot be opened: {cause.Message}", cause);
        }

        var owned = new StoreLock(path, file);
        try
        {
            owned.Announce(null);
        }
        catch (IOException cause)
        {
            owned.Dispose();
            throw new StoreException($"Nothing can be written beside {path}: {cause.Message}. Where the disk is full, free some space and start again.", cause);
        }

        return owned;
    }

    /// <summary>Who owns the database now; null where nobody does.</summary>
    public static StoreOwner? ReadOwner(string databasePath)
    {
        var path = Path.GetFullPath(databasePath);
        return IsHeld(path) ? ReadFile(path) : null;
    }

    /// <summary>Writes down where this process serves, so that the command line finds it.</summary>
    public void Announce(string? url)
    {
        var path = OwnerPath(DatabasePath);
        var draft = path + ".new";
        File.WriteAllText(draft, JsonSerializer.Serialize(new StoreOwner(Environment.ProcessId, url), Web));
        File.Move(draft, path, overwrite: true);
    }

    public void Dispose()
    {
        File.Delete(OwnerPath(DatabasePath));
        _file.Dispose();
    }

    private const int ReadOnlyFileSystem = 30;

    private static string OwnerPath(string path) => path + ".owner";

    // The file stays behind when the lock is given up: deleting it would let two later processes lock two different files.
    private static FileStream OpenLock(string path) => new(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    private static bool IsHeld(string path)
    {
        if (!File.Exists(path + ".lock"))
            return false;
        try
        {
            using var free = OpenLock(path);
            return false;
        }
        catch (IOException cause) when (IsSharing(cause))
        {
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Who cannot open it cannot hold it either.
            return false;
        }
    }

    // The same answer has another number on Linux, on macOS and on Windows.
    private static bool IsSharing(IOException cause) => cause.HResult is 11 or 35 or unchecked((int)0x80070020);

    private static StoreOwner? ReadFile(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<StoreOwner>(File.ReadAllText(OwnerPath(path)), Web);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    private static string InUse(string path)
    {
        var owner = ReadFile(path);
        var who = owner is null ? "another process" : string.Create(CultureInfo.InvariantCulture, $"process {owner.Pid}");
        var where = owner?.Url is { } url ? $", which serves {url}" : "";
        return $"The database {path} is in use by {who}{where}. Stop that process first, or give this one another database.";
    }
}
