using System.Net;
using System.Net.Http.Headers;
using Playbook.Server.Access;

namespace Playbook.Server.Tests.Trial;

/// <summary>
/// Comes in as the command line does, by the key beside the database, read anew with each request because each start makes
/// another. A request that brings a sign-in of its own keeps it. Follows where it is led, with the key in hand: the framework's
/// own following leaves it behind.
/// </summary>
internal sealed class LocalKeyHandler(string database) : DelegatingHandler(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
{
    private const int MostSteps = 5;

    public static HttpClient Client(string database, string? url = null) =>
        new(new LocalKeyHandler(database)) { BaseAddress = url is null ? null : new Uri(url) };

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var step = 0; ; step++)
        {
            if (request.Headers.Authorization is null && !request.Headers.Contains("Cookie") && LocalKey.Read(database) is { } key)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            var response = await base.SendAsync(request, cancellationToken);
            if (response.StatusCode is not (HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.MovedPermanently or HttpStatusCode.PermanentRedirect)
                || response.Headers.Location is not { } location || step == MostSteps)
                return response;
            var next = new HttpRequestMessage(HttpMethod.Get, new Uri(request.RequestUri!, location));
            foreach (var (name, values) in request.Headers)
                next.Headers.TryAddWithoutValidation(name, values);
            response.Dispose();
            request = next;
        }
    }
}
