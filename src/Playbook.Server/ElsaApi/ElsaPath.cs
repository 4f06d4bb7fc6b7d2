namespace Playbook.Server.ElsaApi;

/// <summary>Where Elsa's HTTP API stands.</summary>
internal static class ElsaPath
{
    public const string Root = "/elsa/api";
}
