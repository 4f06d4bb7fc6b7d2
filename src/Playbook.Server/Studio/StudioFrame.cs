using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.StaticFiles;
using Playbook.Engine.Activities;
using Playbook.Server.Api;

namespace Playbook.Server.Studio;

/// <summary>A page around one of Studio's elements. What it is about stands in its address; the page's own script reads it.</summary>
/// <param name="Name">The last part of its address.</param>
/// <param name="Title">What the tab is called.</param>
internal sealed record StudioFrame(string Name, string Title)
{
    private static readonly FrozenDictionary<string, FramePart> Parts = new[] { "frame.html", "frame.js", "bridge.js", "conflict.js", "frame.css", "fonts.css", "missing.html" }.ToFrozenDictionary(name => name, FramePart.Read);

    public static IReadOnlyList<StudioFrame> All { get; } =
        [new("editor", "Playbook designer"), new("viewer", "Run"), new("definitions", "Playbooks"), new("runs", "Runs")];

    // The hashes are of the two scripts that Studio 3.8.2 writes into its pages (Ctrl+S, Ctrl+A); all other code comes from files.
    private const string InlineScripts = "'sha256-snlP1jz0gjwc5cTz9ErZcliXuCK63+Mmf68RRCeptgc=' 'sha256-vu6sQrKXQHR4Yn3FMMihA/9TxxfIXnCxKwvLrTPJ5ts='";

    private const string Policy =
        "default-src 'none'; base-uri 'self'; connect-src 'self'; font-src 'self' data:; form-action 'none'; frame-ancestors 'self'; " +
        "img-src 'self' data: blob:; manifest-src 'self'; script-src 'self' 'wasm-unsafe-eval' " + InlineScripts + "; style-src 'self' 'unsafe-inline'; worker-src 'self' blob:";

    /// <summary>The page; from an address without the version, or with another, first to the one with it: Blazor wants its page below its base.</summary>
    public IResult Answer(HttpContext context, StudioFiles? files, string? version)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "no-cache";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        var theme = context.Request.Cookies["playbook-theme"] == "dark" ? "dark" : "light";
        if (files is null)
            return TypedResults.Content(Parts["missing.html"].Text.Replace("{{theme}}", theme, StringComparison.Ordinal).Replace("{{missing}}", StudioFolder.Missing, StringComparison.Ordinal), "text/html; charset=utf-8", Encoding.UTF8, StatusCodes.Status503ServiceUnavailable);
        if (version != files.Version)
            return TypedResults.Redirect($"{StudioFolder.Address}/{files.Version}/{Name}{context.Request.QueryString}", preserveMethod: true);
        var html = new StringBuilder(Parts["frame.html"].Text).Replace("{{kind}}", Name).Replace("{{theme}}", theme).Replace("{{title}}", Title).Replace("{{base}}", $"{StudioFolder.Address}/{files.Version}/");
        var activities = context.RequestServices.GetRequiredService<ActivityCatalog>().Descriptions.Values;
        html.Replace("{{looks}}", ActivityLooks.Styles(activities)).Replace("{{activities}}", ActivityLooks.Index(activities));
        foreach (var (name, part) in Parts)
            html.Replace($"{{{{{name}}}}}", Address(name, part));
        return TypedResults.Content(html.ToString(), "text/html; charset=utf-8", Encoding.UTF8);
    }

    /// <summary>Where a part of the pages is, such as the fonts that ours have too.</summary>
    public static string AddressOf(string name) => Address(name, Parts[name]);

    private static string Address(string name, FramePart part) => $"{StudioFolder.Address}/frame/{name}?v={part.Hash}";

    public static IResult Part(HttpContext context, string name)
    {
        if (!Parts.TryGetValue(name, out var part) || part.Type == "text/html")
            return Problems.NotFound($"Studio's page has no part '{name}'.");
        context.Response.Headers.CacheControl = context.Request.Query["v"] == part.Hash ? "public, max-age=31536000, immutable" : "no-cache";
        return TypedResults.Bytes(part.Bytes, part.Type + "; charset=utf-8", entityTag: new($"\"{part.Hash}\""));
    }

    private sealed record FramePart(string Type, byte[] Bytes, string Hash)
    {
        public string Text { get; } = Encoding.UTF8.GetString(Bytes);

        public static FramePart Read(string name)
        {
            using var stream = typeof(StudioFrame).Assembly.GetManifestResourceStream("Studio/" + name)!;
            using var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            new FileExtensionContentTypeProvider().TryGetContentType(name, out var type);
            return new FramePart(type!, bytes.ToArray(), Convert.ToHexStringLower(SHA256.HashData(bytes.ToArray()))[..12]);
        }
    }
}
