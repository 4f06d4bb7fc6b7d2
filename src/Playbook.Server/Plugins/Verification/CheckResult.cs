namespace Playbook.Server.Plugins.Verification;

internal enum Verdict
{
    Passed,
    Failed,

    /// <summary>The plugin's trial does not let it be seen; it is not known whether it holds.</summary>
    NotChecked,

    /// <summary>It is about something that the channel does not do.</summary>
    NotConcerned,
}

/// <param name="Name">What must hold, as a sentence.</param>
/// <param name="Text">For a failure what was seen instead and what to do about it; else a remark, or empty.</param>
internal sealed record CheckResult(string Name, Verdict Verdict, string Text);

/// <summary>Ends a check with another verdict than that it passed.</summary>
internal sealed class CheckEndedException(Verdict verdict, string message) : Exception(message)
{
    public Verdict Verdict => verdict;

    public static CheckEndedException Failed(string message) => new(Verdict.Failed, message);

    public static CheckEndedException NotChecked(string message) => new(Verdict.NotChecked, message);

    public static CheckEndedException NotConcerned(string message) => new(Verdict.NotConcerned, message);
}
