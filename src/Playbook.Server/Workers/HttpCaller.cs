using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Http.Resilience;
using Playbook.Abstractions;
using Playbook.Engine.Definitions;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Playbook.Server.Workers;

/// <summary>Makes the HTTP requests of playbooks. A request that fails is an answer too: the playbook decides what to do.</summary>
public sealed class HttpCaller(IHttpClientFactory clients)
{
    public const string Client = "playbook-calls";

    private const int LargestAnswer = 4 * 1024 * 1024;
    private const string Json = "application/json";

    public static void Add(IServiceCollection services)
    {
        services.AddHttpClient(Client, client =>
        {
            client.MaxResponseContentBufferSize = LargestAnswer;
            client.DefaultRequestHeaders.UserAgent.ParseAdd("Playbook");
        }).AddStandardResilienceHandler(options =>
        {
            options.AttemptTimeout.Timeout = TimeSpan.FromSeconds(20);
            options.CircuitBreaker.SamplingDuration = TimeSpan.FromSeconds(60);
            options.TotalRequestTimeout.Timeout = TimeSpan.FromSeconds(60);
            options.Retry.MaxRetryAttempts = 2;
            // A request that may have been understood must not be made again by us.
            options.Retry.DisableForUnsafeHttpMethods();
        }).SelectPipelineByAuthority();
    }

    /// <summary>The answer as <c>status</c>, <c>content</c>, <c>body</c> and <c>headers</c>, or <c>error</c> and <c>reason</c>.</summary>
    public async Task<IReadOnlyDictionary<string, object?>> Call(Effect.CallHttp call, string key)
    {
        try
        {
            using var client = clients.CreateClient(Client);
            using var request = Request(call, key);
            using var response = await client.SendAsync(request, CancellationToken.None);
            return await Answer(response);
        }
        catch (Exception late) when (late is TimeoutRejectedException or TaskCanceledException)
        {
            return Failed("timeout", $"{call.Url} did not answer in time.");
        }
        catch (Exception fault) when (fault is HttpRequestException or BrokenCircuitException or FormatException or InvalidOperationException or IOException)
        {
            return Failed("failed", fault.Message);
        }
    }

    private static HttpRequestMessage Request(Effect.CallHttp call, string key)
    {
        var request = new HttpRequestMessage(new HttpMethod(call.Method.ToUpperInvariant()), call.Url);
        if (call.Body is { } body)
        {
            request.Content = new StringContent(body);
            request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(call.ContentType ?? Json);
        }

        foreach (var (name, value) in call.Headers)
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        // After a crash the request is made again: whoever can tell by the key does it once.
        if (!call.Headers.Keys.Contains("Idempotency-Key", StringComparer.OrdinalIgnoreCase))
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        return request;
    }

    private static async Task<IReadOnlyDictionary<string, object?>> Answer(HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        var headers = response.Headers.Concat(response.Content.Headers)
            .GroupBy(header => header.Key, StringComparer.OrdinalIgnoreCase)
            .ToDictionary(header => header.Key, object? (header) => string.Join(", ", header.SelectMany(values => values.Value)));
        return new Dictionary<string, object?>
        {
            ["status"] = (long)response.StatusCode,
            ["content"] = Parsed(body, response.Content.Headers.ContentType?.MediaType),
            ["body"] = body,
            ["headers"] = headers,
        };
    }

    private static object? Parsed(string body, string? mediaType)
    {
        if (mediaType is null || !mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase) || string.IsNullOrWhiteSpace(body))
            return body;
        try
        {
            return PlainJson.From(JsonNode.Parse(body));
        }
        catch (JsonException)
        {
            // It says JSON and is none: the text is what there is.
            return body;
        }
    }

    private static Dictionary<string, object?> Failed(string error, string reason) => new() { ["error"] = error, ["reason"] = reason };
}
