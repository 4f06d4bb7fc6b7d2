using System.Collections.Concurrent;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

namespace Playbook.Server.Access;

/// <summary>Every request must be allowed by <see cref="AccessTable"/>.</summary>
internal sealed class AllowedByTable : IAuthorizationRequirement;

internal sealed class AccessCheck : AuthorizationHandler<AllowedByTable>
{
    private static readonly ConcurrentDictionary<(string Method, string Route), AccessRule?> Found = new();

    /// <summary>The line of the table that holds for a request; null where there is none.</summary>
    public static AccessRule? RuleOf(Endpoint? endpoint, string method) =>
        endpoint is RouteEndpoint { RoutePattern.RawText: { } route } ? Find(method, route) : null;

    /// <summary>Whether a page may be shown to somebody.</summary>
    public static bool Admits(string pageRoute, Caller? caller) => (Find(HttpMethods.Get, pageRoute)?.Access ?? Access.Forgotten).Admits(caller);

    /// <summary>Files of the program itself, which say nothing about anybody.</summary>
    public static bool IsStaticFile(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, AllowedByTable requirement)
    {
        if (context.Resource is not HttpContext http)
            return Task.CompletedTask;
        var caller = Caller.Of(context.User);
        var endpoint = http.GetEndpoint();
        var access = endpoint is null ? Access.SignedIn
            : IsStaticFile(endpoint) ? Access.Everybody
            : RuleOf(endpoint, http.Request.Method)?.Access ?? Access.Forgotten;
        if (access.Admits(caller))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }

    private static AccessRule? Find(string method, string route) => Found.GetOrAdd((method == HttpMethods.Head ? HttpMethods.Get : method, "/" + route.Trim('/').ToLowerInvariant()),
        static key => AccessTable.Rules.Select(rule => (Rule: rule, Fit: rule.Fit(key.Method, key.Route))).Where(match => match.Fit > 0).OrderByDescending(match => match.Fit).Select(match => match.Rule).FirstOrDefault());
}
