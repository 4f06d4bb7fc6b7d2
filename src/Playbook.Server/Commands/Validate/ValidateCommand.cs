using System.CommandLine;
using Playbook.Engine.Definitions;

namespace Playbook.Server.Commands.Validate;

/// <summary><c>playbook validate [FOLDER|FILE]</c>: says all that is wrong with playbooks before anybody runs them.</summary>
internal static class ValidateCommand
{
    private const string Default = "playbooks";

    public static Command Create()
    {
        var path = new Argument<string>("FOLDER|FILE") { Description = $"A folder of playbooks, one playbook's folder, or a definition's file; {Default} where nothing is named.", DefaultValueFactory = _ => Default };
        var json = new Option<bool>("--json") { Description = "Write one JSON object for a program to read." };
        var command = new Command("validate", "Check playbooks, their scripts and their scenarios. Ends with 6 where there is an error.") { path, json };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(path)!, parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> Run(string path, bool json, CancellationToken cancellation)
    {
        List<CheckedPlaybook> all;
        try
        {
            var (found, neighbours) = PlaybookFolder.Find(path);
            all = await Terminal.WithProgress("validate", async progress =>
            {
                var check = new PlaybookCheck(neighbours);
                var done = new List<CheckedPlaybook>();
                foreach (var playbook in found)
                {
                    done.Add(await check.Check(playbook, cancellation));
                    progress.Report(new(playbook.Name, done.Count, found.Count));
                }

                return done;
            });
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Terminal.Error(e.Message);
            return ExitCodes.Usage;
        }

        if (json)
            WriteJson(all);
        else
            Print(all);
        return all.Any(p => p.Errors > 0) ? ExitCodes.InvalidInput : ExitCodes.Ok;
    }

    private static void Print(List<CheckedPlaybook> all)
    {
        foreach (var playbook in all)
        {
            var scenarios = playbook.Scenarios.Count == 0 ? "" : $", {playbook.Scenarios.Count(s => s.Passed)} of {playbook.Scenarios.Count} scenarios pass";
            Console.Out.WriteLine($"{playbook.Name}: {Count(playbook.Errors, "error")}, {Count(playbook.Warnings, "warning")}{scenarios}");
            foreach (var diagnostic in playbook.Diagnostics.OrderByDescending(d => d.Severity))
                Console.Out.WriteLine($"  {diagnostic}");
            foreach (var scenario in playbook.Scenarios.Where(s => !s.Passed))
                Console.Out.WriteLine($"  error scenario {scenario.Name}: {scenario.Difference}");
        }

        Console.Out.WriteLine($"{Count(all.Count, "playbook")}, {Count(all.Sum(p => p.Errors), "error")}, {Count(all.Sum(p => p.Warnings), "warning")}");
    }

    private static void WriteJson(List<CheckedPlaybook> all) => JsonOutput.Write(new
    {
        errors = all.Sum(p => p.Errors),
        warnings = all.Sum(p => p.Warnings),
        playbooks = all.Select(p => new
        {
            p.Name,
            p.File,
            p.Errors,
            p.Warnings,
            diagnostics = p.Diagnostics.Select(d => new { severity = d.Severity == Severity.Error ? "error" : "warning", d.Code, d.Path, d.ActivityId, d.Message, d.Suggestion }),
            scenarios = p.Scenarios.Select(s => new { s.Name, s.Passed, s.Difference }),
        }),
    });

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";
}
