namespace Playbook.Server.ElsaApi;

/// <summary>Elsa's HTTP API, put together from its resources: what Elsa Studio and every other Elsa client speak.</summary>
internal static class ElsaApi
{
    public const string Path = "/elsa/api";

    public static void AddElsaApi(this IServiceCollection services)
    {
    }

    public static void MapElsaApi(this WebApplication app)
    {
        _ = app.MapGroup(Path).WithTags("Elsa");
    }
}
