using Playbook.Abstractions;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>Turns what the engine knows of an activity type into what Elsa's clients ask for.</summary>
internal static class ActivityDescriber
{
    public static ActivityDescriptor Describe(ActivityDescription activity, PaletteChoices choices)
    {
        var (space, name) = Split(activity.Type);
        var clrType = $"{activity.Type}, {space}";
        var inputs = activity.Inputs.Select((input, index) => InputEditors.Describe(activity, input, index, choices)).ToList();
        if (ElsaShapes.Structure(activity.Type) is { } structure)
            inputs.Insert(0, structure);
        return new ActivityDescriptor
        {
            TypeName = activity.Type,
            ClrType = clrType,
            Namespace = space,
            Name = name,
            Category = Category(activity.Category),
            DisplayName = activity.DisplayName,
            Description = activity.Text,
            Inputs = inputs,
            Outputs = [.. activity.Outputs.Select(output => Output(activity, output))],
            Kind = ElsaShapes.Kind(activity.Type),
            Ports = [.. ElsaShapes.EmbeddedPorts(activity.Type), .. FlowPorts(activity)],
            CustomProperties = Custom(activity, clrType),
            IsContainer = ElsaShapes.IsContainer(activity.Type),
            IsBrowsable = ElsaShapes.IsBrowsable(activity.Type),
            IsStart = activity.Type == "Elsa.Start",
            IsTerminal = activity.IsTerminal,
        };
    }

    private static OutputDescriptor Output(ActivityDescription activity, OutputDescription output) => new(output.Name, output.Type, Words.Spaced(output.Name))
    {
        Description = output.Text.Length == 0 ? null : output.Text,
        Order = activity.Outputs.TakeWhile(other => other != output).Count(),
    };

    // Without any port a client draws "Done". Ports that an input gives are the client's to draw; Studio draws those of
    // FlowSendHttpRequest on its own.
    private static IEnumerable<PortDescriptor> FlowPorts(ActivityDescription activity) =>
        InputEditors.IsDoneOnly(activity) || activity.Type == "Elsa.FlowSendHttpRequest" ? [] : activity.Outcomes.Select(PortDescriptor.Flow);

    private static Dictionary<string, object> Custom(ActivityDescription activity, string clrType)
    {
        var custom = new Dictionary<string, object> { ["Type"] = clrType };
        if (activity.Icon is { } icon)
            custom["Icon"] = icon;
        if (activity.Color is { } color)
            custom["Color"] = color;
        return custom;
    }

    // Studio shows what stands before a slash, so that all of ours would bear one name; and it sorts by the whole text and
    // trims it for show, so that the space brings what playbooks are drawn with to the top.
    private static string Category(string category) =>
        category.StartsWith("Sales/", StringComparison.Ordinal) ? $" Sales · {category["Sales/".Length..]}" : category;

    private static (string Space, string Name) Split(string type)
    {
        var dot = type.LastIndexOf('.');
        return dot < 0 ? ("", type) : (type[..dot], type[(dot + 1)..]);
    }
}
