using Microsoft.Net.Http.Headers;
using Playbook.Server.Api;
using Playbook.Server.Host;

namespace Playbook.Server.Studio;

/// <summary>Elsa Studio: its files, and the pages that hold one of its parts each, to be shown in a frame of ours.</summary>
internal static class StudioApi
{
    private static readonly string[] Reads = [HttpMethods.Get, HttpMethods.Head];

    public static void AddStudio(this IServiceCollection services) =>
        services.AddSingleton(provider => new StudioFolder(provider.GetRequiredService<ServeOptions>().Studio));

    public static void MapStudio(this WebApplication app)
    {
        var studio = app.MapGroup(StudioFolder.Address).ExcludeFromDescription();
        studio.AddEndpointFilter(async (call, next) =>
        {
            call.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
            return await next(call);
        });
        studio.MapMethods("/", Reads, () => TypedResults.Redirect(StudioFolder.Address + "/definitions"));
        foreach (var frame in StudioFrame.All)
        {
            studio.MapMethods("/" + frame.Name, Reads, (HttpContext context, StudioFolder folder) => frame.Answer(context, folder.Files, null));
            studio.MapMethods("/{version}/" + frame.Name, Reads, (HttpContext context, StudioFolder folder, string version) => frame.Answer(context, folder.Files, version));
        }

        studio.MapMethods("/frame/{name}", Reads, StudioFrame.Part);
        studio.MapMethods("/fonts/{name}", Reads, (HttpContext context, StudioFolder folder, string name) => File(context, folder, null, "fonts/" + name));
        studio.MapMethods("/{version}/{**path}", Reads, File);
    }

    private static IResult File(HttpContext context, StudioFolder folder, string? version, string path)
    {
        if (folder.Files is not { } files)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, StudioFolder.Missing);
        if ((version ?? files.Version) != files.Version)
            return Problems.NotFound($"Elsa Studio here is {files.Version}, not {version}. Load the page again.");
        if (files.Get(path) is not { } file)
            return Problems.NotFound($"Elsa Studio {files.Version} has no file '{path}'.");

        var variant = file.For(context.Request.GetTypedHeaders().AcceptEncoding);
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        if (file.HasVariants)
            headers.Vary = HeaderNames.AcceptEncoding;
        if (variant.Encoding is not null)
            headers.ContentEncoding = variant.Encoding;
        return TypedResults.PhysicalFile(variant.Path, file.Type, entityTag: variant.Tag, enableRangeProcessing: true);
    }
}
