using System.CommandLine;
using System.Globalization;
using Playbook.Abstractions;
using Playbook.Server.Commands.Client;
using Playbook.Server.Demo;
using Playbook.Server.Host;

namespace Playbook.Server.Commands.Demo;

/// <summary><c>playbook demo</c>: a company that does not exist, with a year behind it, to look around in.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var months = new Option<int>("--months") { Description = "How long the company's history is", DefaultValueFactory = _ => new DemoPlan().Months };
        var leads = new Option<int>("--leads") { Description = "How many leads come in that time", DefaultValueFactory = _ => new DemoPlan().Leads };
        var seed = new Option<int>("--seed") { Description = "Another number gives another company", DefaultValueFactory = _ => new DemoPlan().Seed };
        var playbooks = new Option<string?>("--playbooks") { Description = "The folder of playbooks that it works by", DefaultValueFactory = _ => ServeOptions.PlaybooksHere };
        var command = new Command("demo", "Makes a demo company with a believable year behind it, by running the real engine on a fast clock. Nothing is sent.") { SharedOptions.Database, months, leads, seed, playbooks };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var plan = new DemoPlan(parsed.GetValue(months), parsed.GetValue(leads), parsed.GetValue(seed));
            if (plan.Months is < 1 or > 36 || plan.Leads is < 1 or > 20_000)
                throw new HostException(ExitCodes.Usage, "A demo has 1 to 36 months and 1 to 20,000 leads.");
            var database = parsed.GetValue(SharedOptions.Database)!;
            var result = await Terminal.WithProgress("a year goes by", steps => DemoMaking.Make(
                database, parsed.GetValue(playbooks), plan, new Days(steps), cancellationToken));
            Words.Say($"{result.Leads:N0} leads, {result.Steps:N0} steps done, {result.Messages:N0} e-mails that went nowhere, {result.Won:N0} sales won and {result.Lost:N0} lost; {result.OpenTasks:N0} steps wait today, {result.Incidents:N0} runs need a look.");
            Words.Say($"Look around: playbook serve --database {database}");
            return ExitCodes.Ok;
        });
        return command;
    }

    private sealed class Days(IProgress<Terminal.Step> steps) : IProgress<(double Part, DateTimeOffset Day)>
    {
        public void Report((double Part, DateTimeOffset Day) value) => steps.Report(new(value.Day.ToString("MMMM yyyy", CultureInfo.InvariantCulture), (int)(value.Part * 1000), 1000));
    }
}
