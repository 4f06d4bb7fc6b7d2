using Spectre.Console;

namespace Playbook.Server.Commands;

/// <summary>
/// What people see of a command while it works. Progress goes to standard error, so that standard output stays clean,
/// and only where somebody looks at it.
/// </summary>
internal static class Terminal
{
    public static bool HasReader => !Console.IsErrorRedirected;

    /// <summary>Tables for people; on standard output, without colours where it goes into a file.</summary>
    public static IAnsiConsole Output { get; } = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Out) });

    /// <summary>Does the work behind a progress bar, or without one where nobody looks.</summary>
    public static async Task<T> WithProgress<T>(string title, Func<IProgress<Step>, Task<T>> work)
    {
        if (!HasReader)
            return await work(new Sink(null));
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress().AutoClear(true).HideCompleted(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context => work(new Sink(context.AddTask(Markup.Escape(title)))));
    }

    public static void Error(string message) => Console.Error.WriteLine(message);

    /// <summary>How far a piece of work is.</summary>
    internal readonly record struct Step(string What, int Done, int Total);

    private sealed class Sink(ProgressTask? task) : IProgress<Step>
    {
        public void Report(Step value)
        {
            if (task is null)
                return;
            task.Description = Markup.Escape(value.What);
            task.MaxValue = Math.Max(1, value.Total);
            task.Value = value.Done;
        }
    }
}
