namespace Playbook.Abstractions;

/// <summary>
/// One kind of step that a playbook can be drawn with. An implementation is stateless and does no I/O:
/// what must happen in the world is returned as an <see cref="Effect"/> and done by a worker afterwards,
/// whose answer comes back as a <see cref="Stimulus"/>.
/// </summary>
/// <example>
/// <code>
/// public ActivityResult Execute(IActivityContext context) =>
///     context.Input&lt;decimal&gt;("Amount") > 1000 ? ActivityResult.Complete("Large") : ActivityResult.Complete("Small");
/// </code>
/// </example>
public interface IActivity
{
    /// <summary>What the designer shows and what validation checks against. Must not change while the process runs.</summary>
    ActivityDescription Description { get; }

    /// <summary>
    /// Runs the activity for the first time. Same context, same result: no clock, no random numbers, no I/O.
    /// An exception becomes an incident on the run, with the exception's message as its cause.
    /// </summary>
    ActivityResult Execute(IActivityContext context);

    /// <summary>
    /// Continues after one of the activity's bookmarks was woken by <paramref name="stimulus"/>. That bookmark is
    /// gone; the others remain until the activity completes. Returning <see cref="ActivityResult.Waiting"/> adds
    /// bookmarks to those that remain.
    /// </summary>
    ActivityResult Resume(IActivityContext context, Stimulus stimulus);
}
