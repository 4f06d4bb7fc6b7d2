namespace Playbook.Server.Pages;

/// <summary>Style sheets, scripts and fonts of the pages: small on the wire, and kept by the browser as long as they are the same.</summary>
internal static class PageFiles
{
    private static readonly string[] Folders = ["/_content", "/_framework"];

    public static void AddPageFiles(this WebApplicationBuilder builder)
    {
        // Without these two, files that were built and not published are read anew from the disk, and never kept by a browser.
        builder.Configuration["ReloadStaticAssetsAtRuntime"] = "false";
        builder.Configuration["EnableStaticAssetsDevelopmentCaching"] = "true";
        // Over TLS too: only answers in which there is nothing secret to guess are compressed.
        builder.Services.AddResponseCompression(options => options.EnableForHttps = true);
    }

    public static void MapPageFiles(this WebApplication app)
    {
        // Packages bring their files uncompressed under the names that are kept for a year.
        app.UseWhen(context => Folders.Any(folder => context.Request.Path.StartsWithSegments(folder, StringComparison.Ordinal)), files => files.UseResponseCompression());
        app.MapStaticAssets();
    }
}
