using static Playbook.Server.Access.Permission;

namespace Playbook.Server.Access;

/// <summary>
/// Who may use which endpoint and page: the one place where it is said. A pattern that ends in <c>/**</c> stands for all
/// below it; the most exact line counts, and what has no line is closed. A trial tries every line as every role.
/// </summary>
internal static class AccessTable
{
    public static IReadOnlyList<AccessRule> Rules { get; } =
    [
        // Open to everybody on purpose.
        new("*", "/signin", Access.Everybody),
        new("*", "/welcome", Access.Everybody),
        new("*", "/invitation/{secret}", Access.Everybody),
        new("GET", "/health", Access.Everybody),
        new("*", "/u/{token}", Access.Everybody), // what it may do is signed into the link
        new("*", "/channels/**", Access.Everybody), // each channel checks its provider's signature
        new("GET", "/studio/fonts/{name}", Access.Everybody),
        new("GET", "/studio/frame/{name}", Access.Everybody),
        new("GET", "/{**path:file}", Access.Everybody), // a file of the pages that the build does not know
        new("GET", "/docs/scalar.js", Access.Everybody), // the reference of the API says so for its own files
        new("GET", "/docs/scalar.aspnetcore.js", Access.Everybody),
        new("GET", "/docs/favicon.svg", Access.Everybody),

        // Whoever is signed in.
        new("GET", "/", Access.SignedIn),
        new("*", "/signout", Access.SignedIn),
        new("*", "/not-found", Access.SignedIn),
        new("*", "/_blazor/**", Access.SignedIn),
        new("*", "/_framework/**", Access.SignedIn),
        new("*", "/me", Access.SignedIn),
        new("GET", "/editor/**", Access.SignedIn),

        // Pages.
        new("*", "/today", See),
        new("*", "/contacts", See),
        new("*", "/contacts/{id:guid}", See),
        new("*", "/accounts", See),
        new("*", "/accounts/{id:guid}", See),
        new("*", "/opportunities", See),
        new("*", "/opportunities/{id:guid}", See),
        new("*", "/batons", See),
        new("*", "/import", StartRuns),
        new("*", "/incidents", Incidents),
        new("*", "/runs", See),
        new("*", "/runs/{id:guid}", See),
        new("*", "/playbooks", Draw),
        new("*", "/playbooks/{id}", Draw),
        new("GET", "/playbooks/{id}/export.json", See),
        new("GET", "/playbooks/{id}/export.zip", See),
        new("GET", "/playbooks/export.zip", See),
        new("*", "/settings/channels", Settings),
        new("*", "/settings/people", Permission.People),
        new("*", "/settings/audit", Permission.Audit),

        // Our API.
        new("GET", "/docs/**", See),
        new("GET", "/openapi/**", See),
        new("GET", "/api/runs/**", See),
        new("POST", "/api/runs", StartRuns),
        new("POST", "/api/runs/bulk", StartRuns),
        new("POST", "/api/runs/{id:guid}/cancel", ChangeRuns, "cancelled a run"),
        new("POST", "/api/runs/{id:guid}/incidents/{incidentid}/retry", Incidents),
        new("POST", "/api/runs/{id:guid}/incidents/{incidentid}/skip", Incidents),
        new("GET", "/api/tasks/**", See),
        new("POST", "/api/tasks/{id}/complete", Work),
        new("POST", "/api/tasks/{id}/begin", Work),
        new("POST", "/api/work/{bookmarkid}/complete", Work),
        new("POST", "/api/events/{name}", Work),
        new("POST", "/api/subjects/{id}/reply", Work),
        new("GET", "/api/playbooks", See),
        new("GET", "/api/outbox", Incidents),
        new("POST", "/api/outbox/retry", Incidents),
        new("GET", "/api/clock", See),
        new("POST", "/api/clock/advance", Settings, "moved the clock"),
        new("GET", "/api/messages/{id}/decisions", See),
        new("GET", "/api/sending/settings", See),
        new("PUT", "/api/sending/settings", Settings, "changed the sending settings"),
        new("POST", "/api/suppressions", Privacy, "suppressed"),
        new("GET", "/api/privacy/**", Privacy),
        new("GET", "/api/privacy/contacts/{id:guid}", Privacy, "exported a person's data"),
        new("POST", "/api/privacy/contacts/{id:guid}/erase", Privacy, "erased a person"),
        new("GET", "/api/channels/**", Settings),
        new("POST", "/api/channels/reload", Settings, "reloaded all channels"),
        new("POST", "/api/channels/{id}/enable", Settings, "enabled a channel"),
        new("POST", "/api/channels/{id}/disable", Settings, "disabled a channel"),
        new("POST", "/api/channels/{id}/reload", Settings, "reloaded a channel"),
        new("POST", "/api/channels/{id}/settings", Settings, "changed a channel's settings"),
        new("POST", "/api/channels/{id}/test", Settings),
        new("GET", "/api/inbound", See),
        new("POST", "/api/inbound/{number:long}/assign", Work),
        new("POST", "/api/inbound/{number:long}/dismiss", Work),
        new("GET", "/api/channel-incidents", See),
        new("POST", "/api/channel-incidents/{id:guid}/resolve", Incidents),

        // Elsa's API: reading is for all, writing for those who draw; several of its questions are asked by POST.
        new("GET", "/studio/**", See),
        new("*", "/elsa/hubs/workflow-instance/**", See),
        new("GET", "/elsa/api/**", See),
        new("POST", "/elsa/api/workflow-instances", See),
        new("POST", "/elsa/api/workflow-instances/{id}/journal", See),
        new("POST", "/elsa/api/workflow-instances/{id}/export", See),
        new("POST", "/elsa/api/bulk-actions/export/workflow-instances", See),
        new("POST", "/elsa/api/activity-executions/report", See),
        new("POST", "/elsa/api/descriptors/activities/{typename}/options/{propertyname}", See),
        new("POST", "/elsa/api/scripting/javascript/type-definitions/{definitionid}", See),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/export", See),
        new("POST", "/elsa/api/bulk-actions/export/workflow-definitions", See),
        new("POST", "/elsa/api/tasks/{taskid}/complete", Work),
        new("*", "/elsa/api/workflow-definitions/{definitionid}/execute", StartRuns),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/dispatch", StartRuns),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/bulk-dispatch", StartRuns),
        new("POST", "/elsa/api/cancel/workflow-instances/{id}", ChangeRuns, "cancelled a run"),
        new("POST", "/elsa/api/bulk-actions/cancel/workflow-instances", ChangeRuns, "cancelled runs"),
        new("DELETE", "/elsa/api/workflow-instances/{id}", ChangeRuns, "deleted a run"),
        new("POST", "/elsa/api/bulk-actions/delete/workflow-instances", ChangeRuns, "deleted runs"),
        new("POST", "/elsa/api/bulk-actions/delete/workflow-instances/by-id", ChangeRuns, "deleted runs"),
        new("POST", "/elsa/api/bulk-actions/import/workflow-instances", ChangeRuns, "imported runs"),
        new("POST", "/elsa/api/workflow-definitions", Draw),
        new("*", "/elsa/api/workflow-definitions/import", Draw, "imported a playbook"),
        new("*", "/elsa/api/workflow-definitions/{definitionid}/import", Draw, "imported a playbook"),
        new("POST", "/elsa/api/workflow-definitions/import-files", Draw, "imported playbooks"),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/revert/{version}", Draw),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/update-references", Draw),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/publish", Draw, "published a playbook"),
        new("POST", "/elsa/api/workflow-definitions/{definitionid}/retract", Draw, "retracted a playbook"),
        new("POST", "/elsa/api/bulk-actions/publish/workflow-definitions/by-definition-ids", Draw, "published playbooks"),
        new("POST", "/elsa/api/bulk-actions/retract/workflow-definitions/by-definition-ids", Draw, "retracted playbooks"),
        new("DELETE", "/elsa/api/workflow-definitions/{definitionid}", Draw, "deleted a playbook"),
        new("DELETE", "/elsa/api/workflow-definition-versions/{id}", Draw, "deleted a version"),
        new("DELETE", "/elsa/api/workflow-definitions/{definitionid}/version/{version}", Draw, "deleted a version"),
        new("POST", "/elsa/api/bulk-actions/delete/workflow-definitions/by-definition-id", Draw, "deleted playbooks"),
        new("POST", "/elsa/api/bulk-actions/delete/workflow-definitions/by-id", Draw, "deleted versions"),
    ];
}
