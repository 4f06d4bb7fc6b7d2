using System.Security.Cryptography;

namespace Playbook.Server.Access;

/// <summary>
/// How the command line comes in: a new secret with each start, in a file beside the database that only the account that
/// runs the server can read. Whoever can read it could read the database as well.
/// </summary>
internal sealed class LocalKey : IDisposable
{
    private readonly string _path;
    private readonly byte[] _hash;

    private LocalKey(string path, string secret)
    {
        _path = path;
        _hash = Secret.Hash(secret);
    }

    public static LocalKey Create(string databasePath)
    {
        var (path, secret) = (PathFor(databasePath), Secret.New());
        var draft = path + ".new";
        File.Delete(draft);
        // Made with its rights: a file that is closed to others only afterwards was open for a moment.
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(draft, options))
            writer.Write(secret);
        File.Move(draft, path, overwrite: true);
        return new LocalKey(path, secret);
    }

    /// <summary>Null where no server runs, or its files may not be read.</summary>
    public static string? Read(string databasePath)
    {
        try
        {
            return File.ReadAllText(PathFor(Path.GetFullPath(databasePath)));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    public bool Opens(string secret) => CryptographicOperations.FixedTimeEquals(Secret.Hash(secret), _hash);

    public void Dispose() => File.Delete(_path);

    private static string PathFor(string databasePath) => databasePath + ".key";
}
