using System.Globalization;
using System.Text.RegularExpressions;
using Playbook.Abstractions;

namespace Playbook.Server.Plugins.Verification;

/// <summary>Whether a form can be made of a list of fields.</summary>
internal static class FieldSoundness
{
    private static readonly string[] Types = ["text", "multiline", "number", "date", "datetime", "checkbox", "choice", "email", "phone"];

    public static void Need(IReadOnlyList<FormField> fields, string kind, bool allowSecret, IReadOnlyList<string>? outcomes)
    {
        if (fields.GroupBy(field => field.Name, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw CheckEndedException.Failed($"The {kind} '{twice.Key}' is there twice.");
        foreach (var field in fields)
        {
            var name = $"The {kind} '{field.Name}'";
            CheckBench.Need(!string.IsNullOrWhiteSpace(field.Name) && field.Name.Trim() == field.Name, $"{name} has no proper name.");
            CheckBench.Need(!string.IsNullOrWhiteSpace(field.Label), $"{name} has no label.");
            CheckBench.Need(Types.Contains(field.Type) || (allowSecret && field.Type == "secret"), $"{name} is of the unknown type '{field.Type}'; there are {string.Join(", ", Types)}{(allowSecret ? ", secret" : "")}.");
            CheckBench.Need(field.Type != "choice" || field.Options.Count > 0, $"{name} is a choice without options.");
            CheckBench.Need(field.Type != "choice" || field.Default is null || field.Options.Contains(field.Default), $"{name} begins with '{field.Default}', which is none of its options.");
            CheckBench.Need(field.Type != "secret" || field.Default is null, $"{name} is a secret with a value that everybody knows.");
            CheckBench.Need(field.Type != "number" || field.Default is null || decimal.TryParse(field.Default, CultureInfo.InvariantCulture, out _), $"{name} begins with '{field.Default}', which is no number.");
            CheckBench.Need(field.Min is null || field.Max is null || field.Min <= field.Max, $"{name} allows nothing: its smallest value is above its largest.");
            if (outcomes is not null && field.RequiredFor.FirstOrDefault(outcome => !outcomes.Contains(outcome)) is { } stranger)
                throw CheckEndedException.Failed($"{name} is required for '{stranger}', which is not an outcome.");
            Pattern(field, name);
        }
    }

    private static void Pattern(FormField field, string name)
    {
        if (field.Pattern is null)
            return;
        try
        {
            var matches = field.Default is null || Regex.IsMatch(field.Default, $"^(?:{field.Pattern})$", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
            CheckBench.Need(matches, $"{name} begins with '{field.Default}', which its own pattern refuses.");
        }
        catch (Exception fault) when (fault is ArgumentException or RegexMatchTimeoutException)
        {
            throw CheckEndedException.Failed($"{name} has a pattern that does not work: {fault.Message}");
        }
    }
}
