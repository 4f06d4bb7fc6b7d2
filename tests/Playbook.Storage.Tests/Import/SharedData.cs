namespace Playbook.Storage.Tests.Import;

/// <summary>The practice data set beside the repository. It is not shipped: without it, its tests are skipped.</summary>
internal static class SharedData
{
    public static string CrmOrSkip()
    {
        var found = Find();
        var demanded = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CI"));
        Assert.SkipUnless(found is not null || demanded, "The practice data (shared/data/crm beside the repository) is not on this machine.");
        return found ?? throw new DirectoryNotFoundException("CI is set, but shared/data/crm is not beside the repository.");
    }

    private static string? Find()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (!Path.Exists(Path.Combine(at.FullName, "Playbook.sln")))
                continue;
            var data = Path.GetFullPath(Path.Combine(at.FullName, "..", "shared", "data", "crm"));
            return Directory.Exists(data) ? data : null;
        }
        return null;
    }
}
