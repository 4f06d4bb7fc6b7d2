using Playbook.Abstractions;

namespace Playbook.Engine.Tests.Definitions;

/// <summary>The description of a step as the sales domain has them, for checks that need no behaviour.</summary>
internal static class Steps
{
    public const string Human = "Test.Human";

    public static Dictionary<string, ActivityDescription> Descriptions { get; } = new()
    {
        [Human] = new(Human, "Test", "Human step", "A person does it.")
        {
            IsHumanStep = true,
            Inputs =
            [
                new("Role", "String", "Who.") { Required = true, References = "role" },
                new("Script", "String", "What to say.") { References = "script" },
                new("Channel", "String", "How.") { References = "channel" },
                new("Playbook", "String", "What next.") { References = "playbook" },
            ],
        },
    };
}
