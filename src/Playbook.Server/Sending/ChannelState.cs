namespace Playbook.Server.Sending;

/// <summary>How sending over a channel goes just now.</summary>
/// <param name="Channel">Its id.</param>
/// <param name="Text">One sentence for people.</param>
/// <param name="UnderWay">Messages that it is busy with.</param>
/// <param name="Hanging">Calls that it did not come back from.</param>
/// <param name="RestsUntil">When it is tried again after too many failures (UTC); null where it does not rest.</param>
/// <param name="Failures">How many failed one after the other, up to now.</param>
public sealed record ChannelState(string Channel, string Text, int UnderWay, int Hanging, DateTimeOffset? RestsUntil, int Failures);
