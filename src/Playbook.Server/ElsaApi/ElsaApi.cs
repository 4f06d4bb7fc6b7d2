using Playbook.Server.ElsaApi.ActivityExecutions;
using Playbook.Server.ElsaApi.BulkActions;
using Playbook.Server.ElsaApi.Definitions;
using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Server.ElsaApi.Features;
using Playbook.Server.ElsaApi.Instances;
using Playbook.Server.ElsaApi.Live;
using Playbook.Server.ElsaApi.Scripting;
using Playbook.Server.ElsaApi.Tasks;

namespace Playbook.Server.ElsaApi;

/// <summary>Elsa's HTTP API, put together from its resources: what Elsa Studio and every other Elsa client speak.</summary>
internal static class ElsaApi
{
    public const string Path = ElsaPath.Root;

    public static void AddElsaApi(this IServiceCollection services)
    {
        services.AddSingleton<RunPaths>();
        services.AddSingleton<InstanceEnds>();
        services.AddHostedService<LiveUpdates>();
        services.AddSignalR().AddJsonProtocol(options => options.PayloadSerializerOptions = ElsaJson.Options);
        services.AddSingleton<Palettes>();
        services.AddSingleton<OpenEditors>();
        DefinitionsApi.Add(services);
    }

    public static void MapElsaApi(this WebApplication app)
    {
        var api = app.MapGroup(Path).WithTags("Elsa");
        DescriptorsApi.Map(api);
        FeaturesApi.Map(api);
        DefinitionsApi.Map(api);
        TypeDefinitionsApi.Map(api);
        InstancesApi.Map(api);
        InstanceEndsApi.Map(api);
        InstanceExport.Map(api);
        InstanceBulkActionsApi.Map(api);
        ExecutionsApi.Map(api);
        ElsaTasksApi.Map(api);
        app.MapHub<WorkflowInstanceHub>(WorkflowInstanceHub.Path);
    }
}
