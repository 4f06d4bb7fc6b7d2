using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Playbook.Server.Tests.Plugins;

/// <summary>A Twilio that takes messages and calls on this machine and reaches nobody.</summary>
internal sealed class LoopbackTwilio : IAsyncDisposable
{
    public const string Sid = "AC00000000000000000000000000000001";
    public const string Token = "0123456789abcdef0123456789abcdef";
    public const string Number = "+4570123456";

    private readonly WebApplication _app;

    private LoopbackTwilio(WebApplication app) => _app = app;

    public ConcurrentQueue<Dictionary<string, string>> Taken { get; } = new();

    public Dictionary<string, string?> Settings => new() { ["account_sid"] = Sid, ["auth_token"] = Token, ["from"] = Number, ["api_url"] = _app.Urls.Single() };

    public static async Task<LoopbackTwilio> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var twilio = new LoopbackTwilio(app);
        var account = $"/2010-04-01/Accounts/{Sid}";
        app.MapGet(account + ".json", () => Results.Json(new { status = "active" }));
        app.MapGet(account + "/IncomingPhoneNumbers.json", () => Results.Json(new { incoming_phone_numbers = new[] { new { phone_number = Number } } }));
        app.MapPost(account + "/{what}.json", async (string what, HttpRequest request) =>
        {
            var form = (await request.ReadFormAsync()).ToDictionary(value => value.Key, value => value.Value.ToString());
            if (request.Headers.Authorization != "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Sid}:{Token}")))
                return Results.Json(new { code = 20003, message = "Authenticate" }, statusCode: 401);
            twilio.Taken.Enqueue(form);
            return Results.Json(new { sid = $"{(what == "Calls" ? "CA" : "SM")}{twilio.Taken.Count}" }, statusCode: 201);
        });
        await app.StartAsync();
        return twilio;
    }

    /// <summary>Makes a request of Twilio's to the server and signs it as Twilio's documentation says.</summary>
    [SuppressMessage("Security", "CA5350:Do Not Use Weak Cryptographic Algorithms", Justification = "Twilio signs with it.")]
    public static async Task<HttpResponseMessage> Tell(HttpClient server, Uri publicUrl, string path, Dictionary<string, string> form, string token = Token)
    {
        var signed = new Uri(publicUrl, path) + string.Concat(form.OrderBy(value => value.Key, StringComparer.Ordinal).Select(value => value.Key + value.Value));
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Host = publicUrl.Host;
        request.Headers.Add("X-Twilio-Signature", Convert.ToBase64String(HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(signed))));
        return await server.SendAsync(request);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
