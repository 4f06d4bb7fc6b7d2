using System.Globalization;
using Microsoft.Extensions.Primitives;
using Playbook.Server.ElsaApi.Definitions.Documents;

namespace Playbook.Server.ElsaApi.Definitions.Reading;

/// <summary>What a list of definitions is asked for. Elsa's clients write names in any case and lists in either of two ways.</summary>
internal sealed record DefinitionQuery
{
    private const int MostAtOnce = 1000;

    public VersionOptions? Versions { get; init; }
    public IReadOnlyList<string>? DefinitionIds { get; init; }
    public IReadOnlyList<string>? Ids { get; init; }
    public string? Term { get; init; }
    public bool? IsSystem { get; init; }
    public string? Materializer { get; init; }
    public string OrderBy { get; init; } = "Name";
    public bool Descending { get; init; }
    public int? Skip { get; init; }
    public int? Take { get; init; }

    public static DefinitionQuery Read(IQueryCollection query)
    {
        var order = Word(query["OrderBy"], "OrderBy", "Created", "Name", "Version") ?? "Name";
        var page = Number(query["Page"], "Page");
        var size = Number(query["PageSize"], "PageSize");
        return new DefinitionQuery
        {
            Versions = VersionOptions.Parse(query["versionOptions"]),
            DefinitionIds = List(query["DefinitionIds"]),
            Ids = List(query["Ids"]),
            Term = query["SearchTerm"].ToString().Trim() is { Length: > 0 } term ? term : null,
            IsSystem = Word(query["IsSystem"], "IsSystem", "True", "False") is { } flag ? flag == "True" : null,
            Materializer = query["materializer"].ToString() is { Length: > 0 } materializer ? materializer : null,
            OrderBy = order,
            Descending = Word(query["OrderDirection"], "OrderDirection", "Ascending", "Descending") is { } direction ? direction == "Descending" : order != "Name",
            Skip = page is { } number && size is { } each ? (int)Math.Min((long)number * each, int.MaxValue) : null,
            Take = size is { } most ? Math.Clamp(most, 1, MostAtOnce) : null,
        };
    }

    public static IReadOnlyList<string>? List(StringValues values)
    {
        var items = values.SelectMany(value => (value ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToList();
        return items.Count == 0 ? null : items;
    }

    private static int? Number(StringValues value, string name)
    {
        if (StringValues.IsNullOrEmpty(value))
            return null;
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BadHttpRequestException($"'{value}' is no number for {name}. Write a whole number of 0 or more.");
    }

    private static string? Word(StringValues value, string name, params string[] words)
    {
        if (StringValues.IsNullOrEmpty(value))
            return null;
        return words.FirstOrDefault(word => word.Equals(value.ToString(), StringComparison.OrdinalIgnoreCase))
            ?? throw new BadHttpRequestException($"'{value}' is nothing that {name} can be. Write {string.Join(" or ", words)}.");
    }
}
