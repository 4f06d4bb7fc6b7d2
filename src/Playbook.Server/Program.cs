using System.CommandLine;
using Playbook.Server.Commands;
using Playbook.Server.Commands.Conformance;
using Playbook.Server.Commands.Run;

var root = new RootCommand("Playbook takes leads from first touch to renewal.")
{
    ConformanceCommand.Create(),
    RunCommand.Create(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count == 0)
    return await parsed.InvokeAsync();
foreach (var error in parsed.Errors)
    Terminal.Error(error.Message);
Terminal.Error($"Try: playbook {string.Join(' ', args.Take(1))} --help");
return ExitCodes.Usage;
