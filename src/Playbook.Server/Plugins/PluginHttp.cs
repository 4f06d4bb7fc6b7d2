using System.Net;
using Microsoft.Extensions.Http.Resilience;
using Playbook.Server.Plugins.Verification;
using Polly;
using Polly.Retry;

namespace Playbook.Server.Plugins;

/// <summary>
/// The HTTP client that a channel is given: it reaches the hosts that plugin.json names and no other, at addresses that such a
/// host may have, asks again only what can be asked twice, and gives up after 30 seconds.
/// </summary>
internal static class PluginHttp
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private const int LargestAnswer = 4 * 1024 * 1024;

    /// <param name="manifest">Names the hosts.</param>
    /// <param name="settings">What the operator wrote.</param>
    /// <param name="resolve">Asks the DNS; null for this machine's.</param>
    public static HttpClient Create(PluginManifest manifest, IReadOnlyDictionary<string, string> settings, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        var addresses = new HostAddresses(manifest, settings, resolve ?? Dns.GetHostAddressesAsync);
        var network = new SocketsHttpHandler
        {
            // A redirect would lead past the check of the host.
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(10),
            ConnectCallback = addresses.Connect,
        };
        var client = new HttpClient(new HostCheck(manifest, settings) { InnerHandler = new ResilienceHandler(Pipeline()) { InnerHandler = network } })
        {
            Timeout = Limit,
            MaxResponseContentBufferSize = LargestAnswer,
        };
        client.DefaultRequestHeaders.UserAgent.ParseAdd("Playbook");
        return client;
    }

    private static ResiliencePipeline<HttpResponseMessage> Pipeline()
    {
        var again = new HttpRetryStrategyOptions
        {
            MaxRetryAttempts = 2,
            Delay = TimeSpan.FromSeconds(1),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
        };
        // 429 is the channel's to answer: only it can tell the outbox when to come again.
        again.ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome switch
        {
            { Exception: HttpRequestException { InnerException: not ForbiddenHostException } } => true,
            { Result: { } answer } => (int)answer.StatusCode >= 500,
            _ => false,
        });
        again.DisableForUnsafeHttpMethods();
        return new ResiliencePipelineBuilder<HttpResponseMessage>().AddRetry(again).AddTimeout(TimeSpan.FromSeconds(20)).Build();
    }

    private sealed class HostCheck(PluginManifest manifest, IReadOnlyDictionary<string, string> settings) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var url = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
            return HostNames.Allow(manifest.Hosts, settings, url)
                ? base.SendAsync(request, cancellationToken)
                : throw new InvalidOperationException($"The plugin {manifest.Id} may not call {url.Host}: its plugin.json names {(manifest.Hosts.Count == 0 ? "no hosts" : string.Join(", ", manifest.Hosts))}. Where it should, its author adds the host there.");
        }
    }
}
