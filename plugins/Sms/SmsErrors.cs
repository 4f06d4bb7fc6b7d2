using Playbook.Abstractions;

namespace Playbook.Sms;

/// <summary>
/// Twilio's error numbers, as far as they say something of the contact's number or of our standing. Those that are missing
/// here are told as they are.
/// </summary>
internal static class SmsErrors
{
    /// <summary>The contact has told the network or Twilio to stop.</summary>
    public const int OptedOut = 21610;

    private const string Standing = "look at the sender's registration and standing in the Twilio console";
    private const string Number = "correct the contact's number";

    private static readonly Dictionary<int, (BounceKind Kind, string Reason)> Known = new()
    {
        [30001] = (BounceKind.Soft, "Twilio's queue for this sender was full; send slower"),
        [30002] = (BounceKind.Policy, "the Twilio account is suspended; see why in the console"),
        [30003] = (BounceKind.Soft, "the phone is switched off or out of reach"),
        [30004] = (BounceKind.Policy, "the receiver's network blocks messages from us"),
        [30005] = (BounceKind.Hard, $"the number is not in service; {Number}"),
        [30006] = (BounceKind.Hard, $"it is a landline or its network takes no messages; {Number}"),
        [30007] = (BounceKind.Policy, $"the network filtered it as unwanted; {Standing}"),
        [30008] = (BounceKind.Soft, "the network did not say why"),
        [30009] = (BounceKind.Soft, "a part of the message got lost"),
        [30010] = (BounceKind.Policy, "it costs more than the limit that is set"),
        [30022] = (BounceKind.Policy, $"the network's limit for this sender is used up; {Standing}"),
        [30023] = (BounceKind.Policy, $"the day's limit for this sender is used up; {Standing}"),
        [30024] = (BounceKind.Policy, $"the sender is not allowed on this network; {Standing}"),
        [30027] = (BounceKind.Policy, $"the day's limit for this sender is used up; {Standing}"),
        [30032] = (BounceKind.Policy, $"the toll-free sender is not verified; {Standing}"),
        [30034] = (BounceKind.Policy, $"the sender is not registered for business messages; {Standing}"),
        [30410] = (BounceKind.Soft, "the network did not answer in time"),
        [30450] = (BounceKind.Policy, "Twilio holds messages to this number back as abuse of others"),
        [21211] = (BounceKind.Hard, $"it is no valid phone number; {Number}"),
        [21214] = (BounceKind.Hard, $"the number cannot be reached; {Number}"),
        [21217] = (BounceKind.Hard, $"it is no valid phone number; {Number}"),
        [21408] = (BounceKind.Policy, "the account may not send to this country; switch the country on in the console (Messaging, Geo permissions)"),
        [21602] = (BounceKind.Policy, "the message has no text"),
        [21612] = (BounceKind.Policy, "this sender cannot reach this number; use a sender that can"),
        [21614] = (BounceKind.Hard, $"it is no mobile number; {Number}"),
        [21617] = (BounceKind.Policy, "the text is longer than 1,600 characters; shorten it"),
        [21635] = (BounceKind.Hard, $"it is a landline; {Number}"),
    };

    /// <summary>Faults of the settings: they stand against every message, so the host tries again when they are put right.</summary>
    private static readonly HashSet<int> OfTheSettings = [20003, 20404, 21603, 21606, 21659, 21660, 21701, 21703, 21704, 21705];

    public static string? Refusal(int code, string message) =>
        code == OptedOut ? $"The contact has told the network to stop messages from us (Twilio {OptedOut}); do not write to them again."
        : OfTheSettings.Contains(code) ? null
        : Known.TryGetValue(code, out var known) ? $"Twilio refused the message ({code}): {known.Reason}."
        : $"Twilio refused the message ({(code == 0 ? "no number given" : code)}): {message}";

    public static ChannelEvent Event(string id, DateTimeOffset at, int code, string status) =>
        code == OptedOut ? new ChannelEvent.Unsubscribed(id, at, $"The network says that the contact has stopped messages (Twilio {OptedOut}).")
        : Known.TryGetValue(code, out var known) ? new ChannelEvent.Bounced(id, at, known.Kind, $"Twilio {code}: {known.Reason}.")
        : status == "undelivered" ? new ChannelEvent.Bounced(id, at, BounceKind.Soft, $"The network did not deliver it ({Numbered(code)}).")
        : new ChannelEvent.Failed(id, at, $"Twilio could not send it ({Numbered(code)}); look the number up in its list of errors.");

    private static string Numbered(int code) => code == 0 ? "no error number given" : $"Twilio {code}";
}
