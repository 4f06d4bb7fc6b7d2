using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>What channels can do, as steps that a playbook is drawn with: <c>Playbook.Channel.Action</c>.</summary>
public static class ChannelSteps
{
    public static IReadOnlyList<IActivity> Of(ChannelDescription channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return [.. channel.Actions.Select(action => action.IsGuided ? (IActivity)new GuidedChannelStep(channel, action) : new SendingChannelStep(channel, action))];
    }

    /// <summary><c>my-fax</c> and <c>Send</c> make <c>Playbook.MyFax.Send</c>.</summary>
    public static string TypeOf(string channel, string action) => ChannelActions.TypeOf(channel, action);
}
