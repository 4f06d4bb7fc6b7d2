using System.Security.Cryptography;
using System.Text;

namespace Playbook.Storage.Definitions;

/// <summary>What a version is made of: the document and the texts that travel with it.</summary>
/// <param name="Json">The document; kept letter by letter.</param>
/// <param name="Texts">Scripts and scenarios; null to take over those of the version before.</param>
public sealed record DefinitionContent(string Name, string Json, IReadOnlyList<ContentText>? Texts = null, bool ByteOrderMark = false)
{
    /// <summary>The same for the same content, whatever the order of the texts.</summary>
    public static string Hash(string json, bool byteOrderMark, IEnumerable<ContentText> texts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append("playbook.json", json, byteOrderMark);
        foreach (var text in texts.OrderBy(text => text.Kind).ThenBy(text => text.Name, StringComparer.Ordinal))
            Append($"{text.Kind}/{text.Name}", text.Text, text.ByteOrderMark);
        return Convert.ToHexStringLower(hash.GetHashAndReset());

        // With each length in front, two texts cannot pass for one.
        void Append(string name, string text, bool mark)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(Encoding.UTF8.GetBytes($"{name}\n{(mark ? 1 : 0)} {bytes.Length}\n"));
            hash.AppendData(bytes);
        }
    }
}

/// <summary>One script or scenario.</summary>
public sealed record ContentText(DefinitionTextKind Kind, string Name, string Text, bool ByteOrderMark = false);

/// <summary>Which version of a definition is meant.</summary>
/// <param name="Number">A version's number; 0 for the latest, -1 for the published one.</param>
public readonly record struct VersionChoice(int Number)
{
    public static VersionChoice Latest { get; }
    public static VersionChoice Published { get; } = new(-1);

    public static VersionChoice Of(int number) => number > 0
        ? new(number)
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Versions count from 1.");
}

/// <summary>A definition cannot be stored, found or published as asked; the message says why and what to do.</summary>
public sealed class DefinitionException(string message, Exception? inner = null) : Exception(message, inner);
