using Playbook.Server.ElsaApi.Definitions.Files;
using Playbook.Server.ElsaApi.Definitions.Graph;
using Playbook.Server.ElsaApi.Definitions.Publishing;
using Playbook.Server.ElsaApi.Definitions.Reading;
using Playbook.Server.ElsaApi.Definitions.Running;
using Playbook.Server.ElsaApi.Definitions.Saving;

namespace Playbook.Server.ElsaApi.Definitions;

/// <summary>Elsa's API of workflow definitions: our playbooks.</summary>
internal static class DefinitionsApi
{
    public static void Add(IServiceCollection services)
    {
        services.AddSingleton<StoredDefinitions>();
        services.AddSingleton<Saver>();
        services.AddSingleton<Importer>();
        services.AddSingleton<Consumers>();
    }

    public static void Map(RouteGroupBuilder api)
    {
        var definitions = api.MapGroup("").AddEndpointFilter<DefinitionProblems>();
        ReadingApi.Map(definitions);
        SavingApi.Map(definitions);
        DeletingApi.Map(definitions);
        PublishingApi.Map(definitions);
        ExportApi.Map(definitions);
        ImportApi.Map(definitions);
        GraphApi.Map(definitions);
        ConsumersApi.Map(definitions);
        ExecutionApi.Map(definitions);
    }
}
