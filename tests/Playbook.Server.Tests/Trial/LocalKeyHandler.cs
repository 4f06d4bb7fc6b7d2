using System.Net.Http.Headers;
using Playbook.Server.Access;

namespace Playbook.Server.Tests.Trial;

/// <summary>
/// Comes in as the command line does, by the key beside the database, read anew with each request because each start makes
/// another. A request that brings a sign-in of its own keeps it.
/// </summary>
internal sealed class LocalKeyHandler(string database) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false })
{
    public static HttpClient Client(string database, string? url = null) =>
        new(new LocalKeyHandler(database)) { BaseAddress = url is null ? null : new Uri(url) };

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Headers.Authorization is null && !request.Headers.Contains("Cookie") && LocalKey.Read(database) is { } key)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return base.SendAsync(request, cancellationToken);
    }
}
