using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;

namespace Playbook.Engine.Expressions;

/// <summary>What stands at the top of a template: its own variables first, then extras, variables, facts, <c>Variables</c>, <c>Input</c> and <c>now</c>.</summary>
internal sealed class ScribanGlobals(IExpressionScope scope, IReadOnlyDictionary<string, object?>? extra) : ScriptObject
{
    public IEnumerable<string> KnownNames =>
        Keys.Concat(extra?.Keys ?? []).Concat(scope.VariableNames).Concat(scope.Facts.Keys).Concat(FactSchema.Names).Concat(["Variables", "Input"]);

    public override bool TryGetValue(TemplateContext? context, SourceSpan span, string member, out object? value)
    {
        if (base.TryGetValue(context!, span, member, out value))
        {
            return true;
        }

        var found = Find(member, out var known);
        value = known;
        return found;
    }

    public override bool Contains(string member) => base.Contains(member) || Find(member, out _);

    /// <summary>The name of the fact that this very object is; null where it is none.</summary>
    public string? FactOf(object target) =>
        Fact(extra, target) ?? Fact(scope.Facts, target);

    private static string? Fact(IReadOnlyDictionary<string, object?>? facts, object target) =>
        facts?.FirstOrDefault(fact => ReferenceEquals(fact.Value, target)).Key;

    private bool Find(string name, out object? value)
    {
        if (extra is not null && extra.TryGetValue(name, out value) || scope.TryGetVariable(name, out value) || scope.Facts.TryGetValue(name, out value))
        {
            return true;
        }

        value = name switch
        {
            "Variables" => new NamedValues("Variables.", scope.VariableNames, scope.TryGetVariable),
            "Input" => new NamedValues("Input.", scope.InputNames, Input),
            "now" => scope.Now,
            _ => null,
        };

        // A fact that the subject does not have (a contact without an opportunity) is empty, not unknown.
        return value is not null || FactSchema.Names.Contains(name);
    }

    private bool Input(string name, out object? value) =>
        scope.Input.TryGetValue(name, out value) || scope.InputNames.Contains(name, StringComparer.Ordinal);
}

internal delegate bool NamedLookup(string name, out object? value);

/// <summary>Values by name that are looked up when asked for.</summary>
internal sealed record NamedValues(string Prefix, IEnumerable<string> Names, NamedLookup Find);

/// <summary>Members of a run's dictionaries: a template may read them, never change them.</summary>
internal sealed class ReadOnlyMembers : IObjectAccessor
{
    public static readonly ReadOnlyMembers Instance = new();

    public bool HasIndexer => true;

    public Type IndexType => typeof(string);

    public int GetMemberCount(TemplateContext context, SourceSpan span, object target) => NamesOf(target).Count();

    public IEnumerable<string> GetMembers(TemplateContext context, SourceSpan span, object target) => NamesOf(target);

    public bool HasMember(TemplateContext context, SourceSpan span, object target, string member) => Find(target, member, out _);

    public bool TryGetValue(TemplateContext context, SourceSpan span, object target, string member, out object? value)
    {
        var found = Find(target, member, out var known);
        value = known;
        return found;
    }

    public bool TryGetItem(TemplateContext context, SourceSpan span, object target, object index, out object? value)
    {
        var name = context.ObjectToString(index) ?? "";
        return TryGetValue(context, span, target, name, out value) || context.TryGetMember!(context, span, target, name, out value);
    }

    public bool TrySetValue(TemplateContext context, SourceSpan span, object target, string member, object? value) => throw ReadOnly(member);

    public bool TrySetItem(TemplateContext context, SourceSpan span, object target, object index, object? value) =>
        throw ReadOnly(context.ObjectToString(index) ?? "");

    internal static ExpressionException ReadOnly(string what) =>
        new($"A template cannot change '{what}'; set it with a SetVariable activity.");

    private static IEnumerable<string> NamesOf(object target) =>
        target is Dictionary<string, object?> members ? members.Keys : ((NamedValues)target).Names;

    private static bool Find(object target, string member, out object? value) =>
        target is Dictionary<string, object?> members ? members.TryGetValue(member, out value) : ((NamedValues)target).Find(member, out value);
}

/// <summary>Items of a run's lists: read, never changed.</summary>
internal sealed class ReadOnlyItems : IListAccessor
{
    public static readonly ReadOnlyItems Instance = new();

    public int GetLength(TemplateContext context, SourceSpan span, object target) => ((List<object?>)target).Count;

    public object? GetValue(TemplateContext context, SourceSpan span, object target, int index)
    {
        var items = (List<object?>)target;
        return index >= 0 && index < items.Count ? items[index] : null;
    }

    public void SetValue(TemplateContext context, SourceSpan span, object target, int index, object? value) =>
        throw ReadOnlyMembers.ReadOnly($"item {index}");
}
