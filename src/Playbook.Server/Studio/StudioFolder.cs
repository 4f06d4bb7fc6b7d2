namespace Playbook.Server.Studio;

/// <summary>Where Elsa Studio's files are. Looks again as long as they are missing: they may be fetched while the server runs.</summary>
internal sealed class StudioFolder(string path)
{
    /// <summary>Where it is found on the web.</summary>
    public const string Address = "/studio";

    public const string Missing = "Elsa Studio's files are missing. Run './build.sh run', which fetches and builds them, and load the page again.";

    private volatile StudioFiles? _files;

    public StudioFiles? Files => _files ??= StudioFiles.Open(path);
}
