using Playbook.Abstractions;

namespace Playbook.Sales.Activities;

/// <summary>What the sales activities' descriptions have in common.</summary>
internal static class Palette
{
    public const string Connect = "Sales/Connect";
    public const string Invite = "Sales/Invite";
    public const string Qualify = "Sales/Qualify";
    public const string Serve = "Sales/Serve";
    public const string Steer = "Sales/Steer";

    public const string Person = "#235FA9";
    public const string Message = "#2E7D5B";
    public const string Gate = "#B26A00";
    public const string Signpost = "#6B5B95";

    public static InputDescription Role(string name, string displayName, string text, bool required = false, object? unset = null) =>
        new(name, "String", text) { DisplayName = displayName, Required = required, References = "role", Editor = "dropdown", Default = unset };

    public static InputDescription Script(string text, bool required = false) =>
        new("Script", "String", text) { DisplayName = "Script", Required = required, References = "script", Editor = "dropdown" };

    public static InputDescription Channel(string text, bool required = false) =>
        new("Channel", "String", text) { DisplayName = "Channel", Required = required, References = "channel", Editor = "dropdown" };

    public static InputDescription Time(string name, string displayName, string text, bool required = false, TimeSpan? unset = null) =>
        new(name, "TimeSpan", text) { DisplayName = displayName, Required = required, Default = unset };

    public static InputDescription Json(string name, string displayName, string text, bool required = false) =>
        new(name, "Object", text) { DisplayName = displayName, Required = required, Editor = "json-editor" };
}
