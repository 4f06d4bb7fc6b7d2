using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Playbook.Abstractions;
using Playbook.Server.Host;

namespace Playbook.Server.Plugins.Webhooks;

/// <summary>
/// Where providers call: <c>/channels/ID/…</c>. The channel checks the signature; what it brought is on disk before the provider
/// is answered.
/// </summary>
internal static class WebhookApi
{
    public const string Path = "/channels";

    private const int LargestBody = 1024 * 1024;

    // What a body in chunks needs besides its content counts as well.
    private const int RoomForChunks = 64 * 1024;

    public static void Map(IEndpointRouteBuilder app) =>
        app.MapMethods(Path + "/{id}/{**path}", [HttpMethods.Get, HttpMethods.Post], Take).ExcludeFromDescription().DisableAntiforgery();

    private static async Task<IResult> Take(string id, string? path, HttpContext context, ChannelRegistry channels, ServeOptions options)
    {
        if (channels.Find(id) is not { } channel)
            return channels.Describe(id) is null ? TypedResults.NotFound() : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
        if (await Body(context.Request) is not { } body)
            return TypedResults.StatusCode(StatusCodes.Status413PayloadTooLarge);
        var answer = await channel.Receive(Request(context.Request, path ?? "", body, options.PublicUrl), context.RequestAborted);
        if (answer.Events.Count > 0)
        {
            // Where nobody can keep them, the provider keeps them and comes again.
            if (context.RequestServices.GetService<ChannelInbox>()?.Invoke(id) is not { } inbox)
                return TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
            // Not given up when the caller hangs up: what the channel has seen it may not see again.
            foreach (var one in answer.Events)
                await inbox.Take(one, CancellationToken.None);
        }

        return answer.Body is null ? TypedResults.StatusCode(answer.Status) : TypedResults.Text(answer.Body, answer.ContentType, statusCode: answer.Status);
    }

    // Null where it is too large, whatever the caller said of its length.
    private static async Task<byte[]?> Body(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
            return null;
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = LargestBody + RoomForChunks;
        try
        {
            using var body = new MemoryStream();
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
            return body.Length > LargestBody ? null : body.ToArray();
        }
        catch (BadHttpRequestException fault) when (fault.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return null;
        }
    }

    private static InboundRequest Request(HttpRequest request, string path, byte[] body, Uri? publicUrl) => new(
        request.Method,
        path,
        request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
        body)
    {
        Query = request.Query.ToDictionary(value => value.Key, value => value.Value.ToString(), StringComparer.Ordinal),
        Url = SignedUrl(request, publicUrl),
    };

    // Behind a proxy the sender called, and signed, the public name, not the one that the proxy calls.
    private static Uri SignedUrl(HttpRequest request, Uri? publicUrl) => publicUrl is null
        ? new Uri(request.GetEncodedUrl())
        : new Uri(publicUrl, request.GetEncodedPathAndQuery().TrimStart('/'));
}
