namespace Playbook.Server.Access;

/// <summary>Who may come in and do what, put together.</summary>
internal static class AccessHosting
{
    public static void AddAccess(this IServiceCollection services) => services.AddScoped<CurrentPerson>();
}
