using System.CommandLine;
using Playbook.Server.Commands.Client;
using Playbook.Server.Host;
using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Verification;

namespace Playbook.Server.Commands.Plugin;

/// <summary><c>playbook plugin verify FOLDER</c>: the contract suite against any plugin folder, as a report card.</summary>
internal static class VerifyCommand
{
    public static Command Build()
    {
        var folder = new Argument<string>("FOLDER") { Description = "The plugin's folder, with plugin.json and the built assembly" };
        var command = new Command("verify", "Checks whether a channel plugin keeps the contract, and prints a report card. Ends with 1 where something fails.") { folder, SharedOptions.Json };
        command.SetAction((parsed, _) => Run(parsed.GetValue(folder)!, parsed.GetValue(SharedOptions.Json)));
        return command;
    }

    private static async Task<int> Run(string path, bool asJson)
    {
        if (!Directory.Exists(path))
            throw new HostException(ExitCodes.Usage, $"There is no folder {path}. Name the folder that holds plugin.json.");
        var card = await ReportCard.Make(Path.GetFullPath(path));
        if (asJson)
            JsonOutput.Write(new { card.Plugin, card.Version, Passed = card.IsGood, Checks = card.Results.Select(result => new { result.Name, Verdict = result.Verdict.ToString(), result.Text }) });
        else
            Print(card);
        return card.IsGood ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static void Print(ReportCard card)
    {
        Words.Say($"[bold]{card.Plugin}[/] {card.Version}");
        foreach (var result in card.Results)
        {
            switch (result.Verdict)
            {
                case Verdict.Passed: Words.Say($"  [green]✓ passed       [/] {result.Name}"); break;
                case Verdict.Failed: Words.Say($"  [red]✗ FAILED       [/] {result.Name}"); break;
                case Verdict.NotChecked: Words.Say($"  [yellow]? not checked  [/] {result.Name}"); break;
                default: Words.Say($"  [grey]– not concerned[/] {result.Name}"); break;
            }

            if (result.Text.Length > 0)
                Words.Say($"                   [grey]{result.Text}[/]");
        }

        Words.Say($"{card.Count(Verdict.Passed)} passed, {card.Count(Verdict.Failed)} failed, {card.Count(Verdict.NotChecked)} not checked, {card.Count(Verdict.NotConcerned)} not concerned");
    }
}
