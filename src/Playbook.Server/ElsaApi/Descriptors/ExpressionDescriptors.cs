namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>The kinds of expression that an input can be set to, in the order of the picker.</summary>
internal static class ExpressionDescriptors
{
    public static IReadOnlyList<ExpressionDescriptor> All { get; } =
    [
        Of("Literal", isBrowsable: false),
        Of("Object", "json", isBrowsable: false),
        Of("Json", "json", isBrowsable: false),
        Of("Delegate", isBrowsable: false, isSerializable: false),
        Of("Variable"),
        Of("Input"),
        // The editor has no mode for Scriban; Liquid's is the nearest, with the same braces and filters.
        Of("Scriban", "liquid"),
        Of("JavaScript", "javascript"),
        Of("Liquid", "liquid"),
        // Not run here, so not offered; listed so that an expression that came from elsewhere can be read.
        Of("CSharp", "csharp", isBrowsable: false) with { DisplayName = "C#" },
    ];

    public static string LanguageOf(string type) => All.First(descriptor => descriptor.Type == type).Properties["MonacoLanguage"];

    private static ExpressionDescriptor Of(string type, string? language = null, bool isBrowsable = true, bool isSerializable = true) =>
        new(type, type, isSerializable, isBrowsable, language is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["MonacoLanguage"] = language });
}

internal sealed record ExpressionDescriptor(string Type, string DisplayName, bool IsSerializable, bool IsBrowsable, IReadOnlyDictionary<string, string> Properties);
