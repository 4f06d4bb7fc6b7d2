using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.HttpOverrides;
using Playbook.Server.Host;

namespace Playbook.Server.Access;

/// <summary>Who may come in and do what, put together.</summary>
internal static class AccessHosting
{
    /// <summary>How often one address may try to come in within a minute.</summary>
    public const int TriesPerMinute = 20;

    private const string Either = "either";

    public static void AddAccess(this IServiceCollection services, ServeOptions options, LocalKey key)
    {
        services.AddSingleton(key);
        services.AddSingleton(new AccessClock(options.AccessClock));
        services.AddSingleton<MemberBook>();
        services.AddSingleton<Sessions>();
        services.AddSingleton<AuditTrail>();
        services.AddSingleton<FirstRun>();
        services.AddScoped<CurrentPerson>();
        services.AddScoped(provider => new Audit(provider.GetRequiredService<CurrentPerson>(), provider.GetRequiredService<AuditTrail>()));
        services.AddScoped<CircuitHandler, CircuitAccess>();
        services.AddScoped<SignInDesk>();
        services.AddScoped<Invitations>();
        services.AddScoped<Tokens>();
        services.AddScoped<People>();
        MemberUsers.Add(services);
        AddSchemes(services, options);
        services.Configure<AntiforgeryOptions>(forms => forms.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest);
        services.AddSingleton<IAuthorizationHandler, AccessCheck>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AccessAnswers>();
        services.AddAuthorization(authorization => authorization.FallbackPolicy = new AuthorizationPolicyBuilder().AddRequirements(new AllowedByTable()).Build());
        services.AddRateLimiter(limits =>
        {
            limits.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Tries);
            limits.OnRejected = async (rejected, _) => await TypedResults.Problem("Too many tries to come in from this address. Wait a minute, then try again.", statusCode: StatusCodes.Status429TooManyRequests).ExecuteAsync(rejected.HttpContext);
        });
    }

    /// <summary>What a proxy says about the caller is believed only where the operator has named the proxy.</summary>
    public static void UseProxies(this WebApplication app, ServeOptions options)
    {
        if (options.TrustedProxies.Count == 0)
            return;
        var forwarded = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto };
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var proxy in options.TrustedProxies)
            forwarded.KnownProxies.Add(proxy);
        app.UseForwardedHeaders(forwarded);
    }

    public static void UseAccess(this WebApplication app)
    {
        app.UseAuthentication();
        app.Use(Admission.Know);
        app.UseRateLimiter();
        app.UseAuthorization();
        app.Use(Admission.Record);
    }

    public static void MapAccess(this WebApplication app)
    {
        OpenIdSignIn.Map(app);
        app.MapPost(DoorPaths.SignOut, async (HttpContext context, Sessions sessions, Audit audit, CancellationToken cancellationToken) =>
        {
            await audit.Note("signed out", from: Admission.From(context));
            await sessions.End(context, cancellationToken);
            return TypedResults.Redirect(DoorPaths.SignIn);
        }).ExcludeFromDescription();
    }

    private static void AddSchemes(IServiceCollection services, ServeOptions options)
    {
        var schemes = services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, either => either.ForwardDefaultSelector = context => TokenSignIn.Presented(context.Request) is null ? Sessions.Scheme : TokenSignIn.Name)
            .AddScheme<AuthenticationSchemeOptions, TokenSignIn>(TokenSignIn.Name, null)
            .AddCookie(Sessions.Scheme, cookie =>
            {
                cookie.Cookie.Name = Sessions.Cookie;
                cookie.Cookie.HttpOnly = true;
                cookie.Cookie.SameSite = SameSiteMode.Lax;
                cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                cookie.ExpireTimeSpan = Sessions.WithoutVisit;
                cookie.SlidingExpiration = true;
                cookie.Events.OnValidatePrincipal = Sessions.Check;
            });
        if (options.OpenId is { } directory)
            OpenIdSignIn.Add(schemes, directory);
        services.AddOptions<CookieAuthenticationOptions>(Sessions.Scheme).Configure<AccessClock>((cookie, clock) => cookie.TimeProvider = clock.Clock);
    }

    private static RateLimitPartition<string> Tries(HttpContext context) =>
        HttpMethods.IsPost(context.Request.Method) && DoorPaths.IsDoor(context.Request.Path)
            ? RateLimitPartition.GetFixedWindowLimiter(Network(context.Connection.RemoteIpAddress), _ => new FixedWindowRateLimiterOptions { PermitLimit = TriesPerMinute, Window = TimeSpan.FromMinutes(1) })
            : RateLimitPartition.GetNoLimiter("");

    // Whoever has one IPv6 address has 2^64 of them.
    private static string Network(IPAddress? address) => address switch
    {
        null => "",
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().ToString(),
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8)),
        _ => address.ToString(),
    };
}
