using System.Security.Cryptography;

namespace Playbook.Server.Pages.Designer.Editor;

/// <summary>The text editor's script, bundled by the build; without it texts are edited in a plain field.</summary>
internal sealed class EditorFiles
{
    private static readonly string File = Path.Combine(AppContext.BaseDirectory, "editor", "editor.js");

    /// <summary>Where the script is served; null where it was not built.</summary>
    public string? Bundle { get; } = System.IO.File.Exists(File) ? $"/editor/{Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(File)))[..12]}/editor.js" : null;

    public static void Map(IEndpointRouteBuilder app)
    {
        // The address names the content, so that a browser never asks twice.
        if (app.ServiceProvider.GetRequiredService<EditorFiles>().Bundle is { } bundle)
            app.MapGet(bundle, (HttpResponse response) =>
            {
                response.Headers.CacheControl = "public, max-age=31536000, immutable";
                return Results.File(File, "text/javascript");
            }).ExcludeFromDescription();
    }
}
