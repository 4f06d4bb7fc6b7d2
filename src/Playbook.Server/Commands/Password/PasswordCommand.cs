using System.CommandLine;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;

namespace Playbook.Server.Commands.Password;

/// <summary><c>playbook password</c>: the way back in for an owner who lost the password, for whoever may use this machine.</summary>
internal static class PasswordCommand
{
    private static readonly Argument<string> Email = new("email") { Description = "The address that they sign in with" };

    public static Command Build() => new Command("password", "Makes a link by which a member takes a new password, once and within a day; it stands in the record of who did what") { Email }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var answer = await server.Post("/api/members/password-links", new JsonObject { ["email"] = parsed.GetValue(Email) }, cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
        {
            Words.Print(answer);
            return ExitCodes.Ok;
        }

        var path = (string)answer["path"]!;
        Words.Say($"{Words.Text(answer["name"])} takes a new password here, once and until {Words.Time(answer["until"])} UTC:");
        // One line whatever the width of the window: it is to be copied.
        Console.WriteLine(server.Url is { } url ? url.TrimEnd('/') + path : path);
        if (server.Url is null)
            Words.Say($"No server runs: start it with 'playbook serve' and open this at its address.");
        return ExitCodes.Ok;
    }
}
