using System.Reflection;

namespace Playbook.Server.Plugins;

/// <summary>Runs a stranger's code: whatever it throws is told in words, and whatever never ends is left behind.</summary>
internal static class PluginFence
{
    private const string AuthorsCure = "Tell the plugin's author, or install another version of it; then reload it.";

    /// <summary>Throws <see cref="PluginException"/> only.</summary>
    /// <param name="what">What the code is to do, as in "It did not … in time".</param>
    /// <param name="limit">In real time: a trial's clock stands.</param>
    /// <param name="step">May block its thread.</param>
    public static async Task<T> Step<T>(string what, TimeSpan limit, Func<T> step)
    {
        try
        {
            return await Task.Run(step).WaitAsync(limit, TimeProvider.System);
        }
        catch (Exception fault) when (fault is not PluginException)
        {
            throw Told(what, limit, fault);
        }
    }

    private static PluginException Told(string what, TimeSpan limit, Exception fault)
    {
        fault = Inner(fault);
        return fault switch
        {
            PluginException told => told,
            TimeoutException => Malfunctioned($"It did not {what} within {limit.TotalSeconds:0.#} seconds.", fault),
            BadImageFormatException => new PluginException(PluginStatus.Incompatible, $"It could not {what}: {fault.Message}", "Install the build for .NET 10 on this kind of machine.", fault),
            // A member or type that is not there any more, or not yet: what it was compiled against is not what is here.
            TypeLoadException or MissingMemberException or ReflectionTypeLoadException => new PluginException(
                PluginStatus.Incompatible, $"It could not {what}, because it was built against another version of Playbook.Abstractions: {Message(fault)}", "Install a version of the plugin that was built for this Playbook.", fault),
            FileNotFoundException or FileLoadException => new PluginException(
                PluginStatus.Malfunctioned, $"It could not {what}, because a file is missing: {Message(fault)}", "Copy the whole build output into its folder, plugin's .deps.json included.", fault),
            _ => Malfunctioned($"It could not {what}: it threw {fault.GetType().Name}: {Message(fault)}", fault),
        };
    }

    public static string Message(Exception fault) => fault switch
    {
        ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } => first.Message,
        _ => fault.Message.Length > 500 ? fault.Message[..500] + "…" : fault.Message,
    };

    public static Exception Inner(Exception fault) => fault switch
    {
        TargetInvocationException { InnerException: { } inner } => Inner(inner),
        TypeInitializationException { InnerException: { } inner } => Inner(inner),
        AggregateException { InnerException: { } inner } => Inner(inner),
        _ => fault,
    };

    private static PluginException Malfunctioned(string reason, Exception fault) => new(PluginStatus.Malfunctioned, reason, AuthorsCure, fault);
}
