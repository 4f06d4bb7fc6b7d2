using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;

namespace Playbook.Server.Commands.Clock;

/// <summary><c>playbook clock</c>: what time it is for the runs, and moving it in a trial.</summary>
internal static class ClockCommand
{
    private static readonly Option<string?> By = new("--by") { Description = "Move it forward by so much: 90m, 4h, 3d, or 3.04:30:00" };
    private static readonly Option<string?> To = new("--to") { Description = "Move it forward to a moment, such as 2026-03-02T09:00Z" };

    public static Command Build() => new Command("clock", "Shows the clock of a trial (serve --clock manual) or moves it forward") { By, To }.WithAction(Run);

    private static async Task<int> Run(ServerConnection server, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (by, to) = (parsed.GetValue(By), parsed.GetValue(To));
        var clock = by is null && to is null
            ? await server.Get("/api/clock", cancellationToken)
            : await server.Post("/api/clock/advance", Move(by, to), cancellationToken);
        if (parsed.GetValue(SharedOptions.Json))
            Words.Print(clock);
        else
            Words.Say($"It is {Words.Time(clock["now"])} UTC{(clock["turns"] is { } turns ? $"; runs took {turns} turns on the way" : "")}.");
        return ExitCodes.Ok;
    }

    private static JsonObject Move(string? by, string? to)
    {
        var body = new JsonObject();
        if (by is not null)
            body["by"] = Span(by).ToString("c", CultureInfo.InvariantCulture);
        if (to is not null)
            body["to"] = DateTimeOffset.TryParse(to, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
                ? moment
                : throw new HostException(ExitCodes.Usage, $"'{to}' is not a moment. Write it as 2026-03-02T09:00Z.");
        return body;
    }

    private static TimeSpan Span(string text)
    {
        if (text.Length > 1 && double.TryParse(text[..^1], NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100_000)
        {
            switch (text[^1])
            {
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
                case 'w': return TimeSpan.FromDays(7 * number);
            }
        }

        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) && text.Contains(':', StringComparison.Ordinal)
            ? span
            : throw new HostException(ExitCodes.Usage, $"'{text}' is no length of time. Write 90m, 4h, 3d, 2w or 3.04:30:00.");
    }
}
