using System.CommandLine;
using Playbook.Engine.Definitions;
using Playbook.Engine.Runs;

namespace Playbook.Server.Commands.Run;

/// <summary><c>playbook run FILE</c>: executes a definition in memory, with nothing kept and nobody contacted.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "An Elsa 3 workflow definition. What it starts is looked for in the same folder." };
        var input = new Option<string[]>("--input") { Description = "An input as name=value; the value is read as JSON where it is JSON. May be repeated.", AllowMultipleArgumentsPerToken = true };
        var trace = new Option<bool>("--trace") { Description = "Write one JSON line for each event instead of the written text." };
        var skip = new Option<bool>("--clock-skip") { Description = "Do not stop at a wait for a point in time: move the clock there." };
        var limit = new Option<int>("--time-limit") { Description = "How many seconds it may take at most.", DefaultValueFactory = _ => 60 };
        limit.Validators.Add(result =>
        {
            // A value that is no number has its own error; asking for it here would throw.
            if (result.Tokens is [{ Value: var text }] && int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds is < 1 or > 86_400)
                result.AddError("--time-limit is a number of seconds from 1 to 86400.");
        });
        var command = new Command("run", "Execute a definition in memory. Ends with 0 finished, 3 suspended, 4 faulted, 6 the definition is invalid.") { file, input, trace, skip, limit };
        command.SetAction((parsed, cancellation) =>
            Run(parsed.GetValue(file)!, parsed.GetValue(input) ?? [], parsed.GetValue(trace), parsed.GetValue(skip), TimeSpan.FromSeconds(parsed.GetValue(limit)), cancellation));
        return command;
    }

    private static async Task<int> Run(string file, string[] given, bool trace, bool skip, TimeSpan time, CancellationToken cancellation)
    {
        await using var limits = new RunLimits(time, problem =>
        {
            Terminal.Error(problem);
            Environment.Exit(ExitCodes.Faulted);
        });
        try
        {
            // On another thread, so that a turn without an end does not keep the limits from ending it.
            return await Task.Run(() => Run(file, given, trace, skip, cancellation), cancellation);
        }
        catch (FormatException e)
        {
            Terminal.Error(e.Message);
            return ExitCodes.Usage;
        }
        catch (IOException e)
        {
            Terminal.Error(e.Message);
            return ExitCodes.Usage;
        }
    }

    private static async Task<int> Run(string file, string[] given, bool trace, bool skip, CancellationToken cancellation)
    {
        var workflows = new FolderWorkflows(file);
        var compiled = DefinitionFile.Open(file, out var problem) is { } document ? workflows.Parts.Compiler.Compile(document) : new CompileResult(null, [problem!]);
        foreach (var diagnostic in compiled.Diagnostics)
            Terminal.Error($"{file}: {diagnostic}");
        if (compiled.Definition is not { } definition)
            return ExitCodes.InvalidInput;
        workflows.Add(definition);
        var input = RunInputs.Read(given, definition.Inputs);
        using var output = new RunOutput(Console.OpenStandardOutput(), trace);
        var state = await new MemoryRun(workflows, output.Write, skip, Terminal.Error).Run(definition, input, cancellation);
        foreach (var other in workflows.Problems)
            Terminal.Error(other);
        return Conclude(state);
    }

    private static int Conclude(RunState state)
    {
        foreach (var incident in state.Incidents.Where(i => !i.Resolved))
            Terminal.Error($"{incident.ActivityId} ({incident.ActivityType}) faulted: {incident.Message}");
        if (state.Status == RunStatus.Running)
        {
            foreach (var bookmark in state.Bookmarks)
                Terminal.Error($"{bookmark.ActivityId} waits: {bookmark.Kind}{(bookmark.Key.Length > 0 ? $" {bookmark.Key}" : "")}{(bookmark.DueAt is { } due ? $", until {due:u}" : "")}");
            return ExitCodes.Suspended;
        }

        return state.SubStatus switch
        {
            RunSubStatus.Finished => ExitCodes.Ok,
            RunSubStatus.Faulted => ExitCodes.Faulted,
            _ => ExitCodes.Failure,
        };
    }
}
