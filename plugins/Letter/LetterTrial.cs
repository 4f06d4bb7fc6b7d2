using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Playbook.Abstractions;
using Playbook.Letter.Answers;
using Playbook.Letter.Batches;

namespace Playbook.Letter;

/// <summary>The printer is a folder, so a trial needs nothing besides it.</summary>
internal static class LetterTrial
{
    private const string Secret = "a secret for the trial";

    public static ChannelTrial Of(ChannelSetup setup) => new(
        new Dictionary<string, string> { ["company"] = "Trial Ltd", ["senderAddress"] = "Havnegade 1\n1058 København K", [LetterSettings.WebhookSecretName] = Secret },
        "Nørregade 12\n2100 København Ø\nDenmark",
        () => Accepted(setup.Folder))
    {
        Webhooks = code => [Used(code, "interested", Secret), Used(code, "declined", Secret)],
        Forged = code =>
        [
            Used(code, "interested", "another secret"),
            Used(code, "interested", Secret) with { Headers = new Dictionary<string, string>() },
            Used(code, "interested", Secret) with { Body = Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","answer":"declined"}""") },
        ],
    };

    private static InboundRequest Used(string code, string answer, string secret)
    {
        var body = Encoding.UTF8.GetBytes($$"""{"code":"{{code}}","answer":"{{answer}}"}""");
        var signature = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
        return new InboundRequest("POST", "used", new Dictionary<string, string> { [AnswerPages.Signature] = signature }, body);
    }

    private static List<TakenMessage> Accepted(string folder)
    {
        var letters = Path.Combine(folder, "letters");
        return !Directory.Exists(letters) ? [] :
        [
            .. Directory.GetFiles(letters, "*.json")
                .Select(file => JsonSerializer.Deserialize<AcceptedLetter>(File.ReadAllBytes(file), JsonSerializerOptions.Web)!)
                .OrderBy(letter => letter.AcceptedAt)
                .Select(letter => new TakenMessage(string.Join('\n', letter.Address), letter.Text)),
        ];
    }
}
