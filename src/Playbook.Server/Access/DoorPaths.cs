namespace Playbook.Server.Access;

/// <summary>The pages before the door, and where to go once inside.</summary>
internal static class DoorPaths
{
    public const string SignIn = "/signin";
    public const string SignOut = "/signout";
    public const string Welcome = "/welcome";
    public const string Invitation = "/invitation";
    public const string Inside = "/";

    private static readonly string[] All = [SignIn, Welcome, Invitation];

    /// <summary>These pages are plain forms: who is not signed in has no open connection.</summary>
    public static bool IsDoor(PathString path) => All.Any(door => path.StartsWithSegments(door, StringComparison.OrdinalIgnoreCase));

    public static string SignInAndReturn(HttpRequest request) =>
        request.Path.Value is null or "/" ? SignIn : $"{SignIn}?returnUrl={Uri.EscapeDataString(request.Path + request.QueryString)}";

    /// <summary>An address of ours, whatever was asked for: nobody may be sent elsewhere by a link that begins with us.</summary>
    public static string Safe(string? returnUrl) =>
        returnUrl is { Length: > 1 } && returnUrl[0] == '/' && returnUrl[1] is not ('/' or '\\') && !returnUrl.Any(char.IsControl) && !returnUrl.Contains('\\', StringComparison.Ordinal)
            ? returnUrl
            : Inside;
}
