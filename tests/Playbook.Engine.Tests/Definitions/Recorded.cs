using System.Runtime.CompilerServices;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>Files recorded from a real Elsa server, in ../shared beside the repository.</summary>
internal static class Recorded
{
    /// <summary>The file, or a skipped test where the folder does not exist; where CI is set it must.</summary>
    public static byte[] Read(string name, [CallerFilePath] string here = "")
    {
        for (var folder = Path.GetDirectoryName(here); folder is not null; folder = Path.GetDirectoryName(folder))
            if (Path.Combine(folder, "shared", "elsa", name) is var path && File.Exists(path))
                return File.ReadAllBytes(path);
        Assert.SkipWhen(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI")), $"shared/elsa/{name} is not beside the repository.");
        throw new FileNotFoundException($"shared/elsa/{name} is not beside the repository.");
    }
}
