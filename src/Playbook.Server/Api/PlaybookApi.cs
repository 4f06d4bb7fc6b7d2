using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Routing;
using Playbook.Server.Api.Channels;
using Playbook.Server.Api.Clock;
using Playbook.Server.Api.Events;
using Playbook.Server.Api.Health;
using Playbook.Server.Api.Inbound;
using Playbook.Server.Api.Members;
using Playbook.Server.Api.Messages;
using Playbook.Server.Api.Outbox;
using Playbook.Server.Api.Playbooks;
using Playbook.Server.Api.Privacy;
using Playbook.Server.Api.Runs;
using Playbook.Server.Api.Sending;
using Playbook.Server.Api.Subjects;
using Playbook.Server.Api.Suppressions;
using Playbook.Server.Api.Tasks;
using Playbook.Server.Api.Work;
using Playbook.Server.Inbound.Unsubscribe;
using Scalar.AspNetCore;

namespace Playbook.Server.Api;

/// <summary>Our own HTTP API, put together from its features.</summary>
internal static class PlaybookApi
{
    public static void AddPlaybookApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.AddExceptionHandler<Faults>();
        services.AddOpenApi();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.AllowDuplicateProperties = false;
            // A playbook may compute an infinite number; its history must be readable all the same.
            options.SerializerOptions.NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals;
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
        services.AddSingleton<BulkStart>();
        services.AddSingleton<PersonFile>();
        services.AddSingleton<Outbox.HeldRetry>();
    }

    public static void MapPlaybookApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.Use(OriginCheck.Run);
        app.MapOpenApi();
        // Its own fonts would come from another host.
        app.MapScalarApiReference("/docs", options => options.DisableDefaultFonts());
        HealthApi.Map(app);
        var api = app.MapGroup("/api");
        RunsApi.Map(api);
        RunChangesApi.Map(api);
        TasksApi.Map(api);
        EventsApi.Map(api);
        SubjectsApi.Map(api);
        PlaybooksApi.Map(api);
        WorkApi.Map(api);
        OutboxApi.Map(api);
        ClockApi.Map(api);
        MessagesApi.Map(api);
        SendingSettingsApi.Map(api);
        SuppressionsApi.Map(api);
        PrivacyApi.Map(api);
        PasswordLinksApi.Map(api);
        ChannelsApi.Map(api);
        InboundApi.Map(api);
        UnsubscribeApi.Map(app);
    }
}
