using Playbook.Server.ElsaApi.Descriptors;
using Playbook.Server.ElsaApi.Features;

namespace Playbook.Server.ElsaApi;

/// <summary>Elsa's HTTP API, put together from its resources: what Elsa Studio and every other Elsa client speak.</summary>
internal static class ElsaApi
{
    public const string Path = "/elsa/api";

    public static void AddElsaApi(this IServiceCollection services)
    {
        services.AddSingleton<Palettes>();
        services.AddSingleton<OpenEditors>();
    }

    public static void MapElsaApi(this WebApplication app)
    {
        var api = app.MapGroup(Path).WithTags("Elsa");
        DescriptorsApi.Map(api);
        FeaturesApi.Map(api);
    }
}
