using System.Net;
using System.Net.Http.Headers;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>The trial's provider as an HTTP client sees it, with the faults that a check asks for.</summary>
internal sealed class TrialHandler(ChannelTrial trial, IReadOnlyList<string>? hosts) : HttpMessageHandler
{
    public static readonly TimeSpan Busy = TimeSpan.FromSeconds(7);

    /// <summary>Null while all is well.</summary>
    public TrialFault? Fault { get; set; }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (hosts is not null && request.RequestUri is { } url && !HostNames.Allow(hosts, trial.Settings, url))
            throw CheckEndedException.Failed($"It calls {url.Host}, which plugin.json does not name among its hosts; the server would refuse that.");
        if (trial.Provider is not { } provider)
            throw CheckEndedException.NotChecked("The channel speaks HTTP, but its trial has no provider that answers (ChannelTrial.Provider).");
        switch (Fault)
        {
            case TrialFault.Busy:
                var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { RequestMessage = request, Content = new StringContent("") };
                busy.Headers.RetryAfter = new RetryConditionHeaderValue(Busy);
                return busy;
            case TrialFault.Silent:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                throw new InvalidOperationException("A wait without end ended.");
            default:
                var before = trial.Accepted().Count;
                var answer = await provider(request, cancellationToken);
                answer.RequestMessage ??= request;
                if (Fault != TrialFault.AnswerLost || trial.Accepted().Count == before)
                    return answer;
                answer.Dispose();
                throw new HttpRequestException(HttpRequestError.ResponseEnded, "The connection broke before the answer came.");
        }
    }
}
