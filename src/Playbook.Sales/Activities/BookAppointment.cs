using Playbook.Abstractions;
using Playbook.Sales.Calendar;
using Playbook.Sales.Contacts;

namespace Playbook.Sales.Activities;

/// <summary>A person agrees a time with the contact.</summary>
public sealed class BookAppointment : IActivity
{
    private const string Booked = "Booked";
    private const string Declined = "Declined";

    /// <summary>Who booked, where it was no rep.</summary>
    private const string Contact = "the contact";

    public ActivityDescription Description { get; } = new("Playbook.BookAppointment", Palette.Invite, "Book an appointment",
        "Has a person agree a time with the contact and write it down, unless the contact books or answers an invitation first; later steps can count from it.")
    {
        Inputs =
        [
            Palette.Role("Role", "Who", "The role that books.", required: true),
            new("Title", "String", "What is to be done, in a few words.") { DisplayName = "What" },
            Palette.Script("The words to say."),
            Palette.Time("Within", "Within", "How long there is to agree a time before the flow goes on through Expired."),
            new("Minutes", "Int32", "How long the appointment takes, in minutes.") { DisplayName = "Minutes", Default = 30 },
        ],
        Outputs =
        [
            new("Start", "DateTimeOffset", "When the appointment begins."),
            new("By", "String", "Who booked it."),
        ],
        Outcomes = [Booked, "No time found", Declined, PersonTask.Expired],
        Icon = "event",
        Color = Palette.Person,
        IsHumanStep = true,
        Waits = true,
        TimeLimitInput = "Within",
    };

    public ActivityResult Execute(IActivityContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var inputs = new StepInputs(context);
        var task = Task(inputs);
        var expireAt = context.Now + inputs.Duration("Within");
        if (inputs.Failure is { } failure)
            return failure;
        var opened = (ActivityResult.Waiting)PersonTask.Open(context, task with { DueAt = expireAt }, escalateAt: null, expireAt);
        return opened with { Bookmarks = [.. opened.Bookmarks, Bookmark.Invitation()] };
    }

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus)
    {
        ArgumentNullException.ThrowIfNull(context);
        switch (stimulus)
        {
            case Stimulus.Due:
                return PersonTask.OnDue(context, "", () => ActivityResult.Complete(PersonTask.Expired));
            case Stimulus.TaskCompleted answer:
                var inputs = new StepInputs(context);
                var task = Task(inputs);
                return inputs.Failure as ActivityResult ?? PersonTask.OnAnswer(context, task, answer, fields => Answered(inputs, answer, fields));
            case Stimulus.ContactAnswered answer:
                return ByContact(new StepInputs(context), answer);
            default:
                return PersonTask.Ignored();
        }
    }

    /// <summary>The contact's own answer, from an invitation or a booking page.</summary>
    private static ActivityResult ByContact(StepInputs inputs, Stimulus.ContactAnswered answer)
    {
        var context = inputs.Context;
        var start = InvitationTimes.TryRead(answer.Data.GetValueOrDefault("start"), context.Subject, out var moment) ? moment : (DateTimeOffset?)null;
        switch (answer.Answer)
        {
            case "declined":
                return ActivityResult.Complete(Declined) with { Outputs = new Dictionary<string, object?> { ["By"] = Contact } };
            case "accepted" or "booked" or "moved" when start is { } agreed:
                return Agreed(inputs, agreed, Contact);
            case "proposed" when start is { } proposed:
                var task = Task(inputs);
                return inputs.Failure as ActivityResult ?? PersonTask.Reopen(
                    context,
                    task with { Title = $"{task.Title}: another time is proposed", Details = new Dictionary<string, object?>(task.Details) { ["proposed"] = proposed } },
                    Bookmark.Invitation());
            default:
                return ActivityResult.Wait(Bookmark.Invitation());
        }
    }

    private static ActivityResult.Completed Answered(StepInputs inputs, Stimulus.TaskCompleted answer, IReadOnlyDictionary<string, object?> fields)
    {
        if (answer.Outcome != Booked || !Moments.TryRead(fields.GetValueOrDefault("start"), inputs.Context.Subject, out var start))
            return ActivityResult.Complete(answer.Outcome) with { Outputs = new Dictionary<string, object?> { ["By"] = answer.By } };
        return Agreed(inputs, start, answer.By);
    }

    private static ActivityResult.Completed Agreed(StepInputs inputs, DateTimeOffset start, string? by) => ActivityResult.Complete(Booked) with
    {
        Outputs = new Dictionary<string, object?> { ["Start"] = start, ["By"] = by },
        Effects =
        [
            new Effect.RecordFact("AppointmentBooked", new Dictionary<string, object?>
            {
                ["start"] = start,
                ["minutes"] = (long)Minutes(inputs),
                ["role"] = inputs.Text("Role"),
                ["by"] = by,
            }),
            .. (by is null or Contact ? Array.Empty<Effect>() : [SpokenPromise.Fact("The appointment", start, by, null)]),
        ],
    };

    private static Effect.OpenTask Task(StepInputs inputs)
    {
        var role = inputs.RequiredText("Role", "name the role that books, such as prospector");
        var contact = FactPath.Find(inputs.Context.Subject.Facts, "contact.name") as string;
        var title = inputs.Text("Title") ?? (string.IsNullOrWhiteSpace(contact) ? "Book an appointment" : $"Book an appointment with {contact}");
        return PersonTask.For(role, title) with
        {
            Script = inputs.Text("Script"),
            Channel = "calendar",
            DoneWhen = "A time is agreed, or it is clear that there will be none.",
            Outcomes = [Booked, "No time found", Declined],
            Fields = [new FormField("start", "When it begins (the contact's time)", "datetime") { Required = true, RequiredFor = [Booked] }],
            Details = new Dictionary<string, object?> { ["minutes"] = (long)Minutes(inputs), ["timeZone"] = ContactPlace.Zone(inputs.Context.Subject).Id },
        };
    }

    private static decimal Minutes(StepInputs inputs) => decimal.Truncate(inputs.Number("Minutes", 30, 1, 24 * 60));
}
