using System.Text.Json.Nodes;

namespace Playbook.Server.Tests.Trial;

/// <summary>The playbooks that the tests run.</summary>
internal static class Playbooks
{
    public const string Greeting = "Subject: Hello {{ contact.first_name ?? \"there\" }}\n\nHi {{ contact.first_name ?? \"there\" }}, this is {{ rep.company }}.\n";

    /// <summary>The folder of those that the product comes with.</summary>
    public static string Shipped
    {
        get
        {
            var folder = AppContext.BaseDirectory;
            while (!File.Exists(Path.Combine(folder, "Playbook.sln")))
                folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
            return Path.Combine(folder, "playbooks");
        }
    }

    /// <summary>Call, write, wait for an answer.</summary>
    public static void Outreach(string folder) => Drawing.Write(
        folder, "outreach",
        [Drawing.Step("call", ["Interested", "No answer"], "hello", Fields()), Drawing.Message("mail", "hello"), Drawing.Reply("wait", "3.00:00:00"), Drawing.Step("next", ["Done"])],
        ("hello.en.sbn", Greeting), ("hello.da.sbn", "Subject: Hej {{ contact.first_name }}\n\nHej.\n"));

    public static void MailOnly(string folder) => Drawing.Write(folder, "mail", [Drawing.Message("mail", "hello")], ("hello.en.sbn", Greeting));

    public static void Gaps(string folder) => Drawing.Write(folder, "gaps", [Drawing.Message("mail", "hello")], ("hello.sbn", "Dear {{ account.name }}"));

    private static JsonArray Fields() =>
    [
        new JsonObject { ["name"] = "pain", ["label"] = "What hurts?", ["requiredFor"] = new JsonArray("Interested") },
        new JsonObject { ["name"] = "budget", ["label"] = "Budget", ["type"] = "number", ["min"] = 0 },
    ];
}
