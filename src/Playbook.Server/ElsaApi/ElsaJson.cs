using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.ElsaApi;

/// <summary>JSON as Elsa's clients read and write it: camelCase, nulls left out, enums by their names.</summary>
internal static class ElsaJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.AllowNamedFloatingPointLiterals,
        MaxDepth = 1000,
    };

    public static JsonHttpResult<T> Answer<T>(T value, int status = StatusCodes.Status200OK) => TypedResults.Json(value, Options, statusCode: status);
}

/// <summary>A list of which all is given.</summary>
internal sealed record ElsaList<T>(IReadOnlyList<T> Items)
{
    public int Count => Items.Count;
}

/// <summary>Part of a list.</summary>
internal sealed record ElsaPage<T>(IReadOnlyList<T> Items, long TotalCount);
