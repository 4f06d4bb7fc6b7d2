using Playbook.Abstractions;

namespace Playbook.Server.Tests.ElsaApi.Trace;

/// <summary>The activity that the recorded server had besides Elsa's: it waits for a person and leaves by what came of it.</summary>
internal sealed class AcmeStep : IActivity
{
    public ActivityDescription Description { get; } = new("Acme.PlaybookStep", "Sales Playbook", "Playbook Step", "A human step of the sales playbook: creates a bookmark and waits.")
    {
        Inputs =
        [
            new("StepName", "String", "Single line text"),
            new("Guidance", "String", "Multi line text") { Editor = "multiline" },
            new("Stage", "String", "Drop down") { Editor = "dropdown", Default = "Qualify", Options = ["Qualify", "Demo", "Proposal", "Negotiate", "Close"] },
            new("Mandatory", "Boolean", "Check box") { Editor = "checkbox" },
            new("Script", "String", "Code editor") { Editor = "code-editor" },
            new("Channels", "String[]", "Check list") { Editor = "checklist", Options = ["Email", "Phone", "Visit"] },
            new("Priority", "String", "Radio list") { Editor = "radiolist", Options = ["Low", "High"] },
            new("Tags", "String[]", "Multi text") { Editor = "multitext" },
            new("Payload", "Object", "JSON editor") { Editor = "json-editor" },
            new("DueDays", "Int32", "Number") { Default = 3 },
            new("Deadline", "DateTimeOffset", "Date"),
        ],
        Outputs = [new("Answer", "String", "What the rep entered")],
        Outcomes = ["Won", "Lost"],
        Waits = true,
        TimeLimitInput = "DueDays",
    };

    public ActivityResult Execute(IActivityContext context) => ActivityResult.Wait(Bookmark.Signal(context.Input<string>("StepName") ?? context.ActivityId));

    public ActivityResult Resume(IActivityContext context, Stimulus stimulus) =>
        ActivityResult.Complete("Won") with { Outputs = new Dictionary<string, object?> { ["Answer"] = "yes" } };
}
