using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Playbook.Server.ElsaApi;

/// <summary>
/// What a request asks for, by name, be it said in the query or in the JSON body: Elsa takes both. What cannot be
/// understood is gathered, one sentence for each, and answered together.
/// </summary>
internal sealed class RequestValues
{
    private const int MaxDepth = 64;

    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<(string Name, string Message)> _problems;

    private RequestValues(List<(string, string)> problems) => _problems = problems;

    /// <summary>What was wrong so far; null where nothing was.</summary>
    public ProblemHttpResult? Problem => _problems.Count == 0 ? null : TypedResults.Problem(new HttpValidationProblemDetails(
        _problems.GroupBy(problem => problem.Name).ToDictionary(group => group.Key, group => group.Select(problem => problem.Message).ToArray()))
    {
        Status = StatusCodes.Status400BadRequest,
        Title = "The request cannot be understood.",
        Detail = string.Join(" ", _problems.Select(problem => problem.Message)),
    });

    /// <summary>Throws <see cref="BadHttpRequestException"/> where the body is no JSON object.</summary>
    public static async Task<RequestValues> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        var values = new RequestValues([]);
        if (!HttpMethods.IsGet(request.Method) && request.ContentLength is not 0)
            await values.AddBody(request, cancellationToken);
        foreach (var (name, texts) in request.Query)
            values._values[name] = JsonSerializer.SerializeToElement(texts.ToArray());
        return values;
    }

    public void Refuse(string name, string message) => _problems.Add((name, message));

    public string? Text(string name) => Texts(name) switch
    {
        null or [] => null,
        [var text] => text,
        _ => Wrong<string>(name, "must be one value, not a list."),
    };

    /// <summary>Null where it is not given; a single value counts as a list of one.</summary>
    public IReadOnlyList<string>? Texts(string name)
    {
        if (Find(name) is not { } value)
            return null;
        if (value.ValueKind != JsonValueKind.Array)
            return Scalar(value) is { } text ? [text] : Wrong<IReadOnlyList<string>>(name, "must be text.");
        var texts = new List<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Null)
                continue;
            if (Scalar(item) is not { } text)
                return Wrong<IReadOnlyList<string>>(name, "must be a list of texts.");
            texts.Add(text);
        }

        return texts;
    }

    public int? Number(string name, int least, int most = int.MaxValue)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
            return number;
        Refuse(name, $"'{name}' must be a whole number from {least}{(most == int.MaxValue ? "" : $" to {most}")}.");
        return null;
    }

    public bool? Flag(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        if (bool.TryParse(text, out var flag))
            return flag;
        Refuse(name, $"'{name}' must be true or false.");
        return null;
    }

    public DateTimeOffset? Time(string name)
    {
        if (Text(name) is not { Length: > 0 } text)
            return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return time;
        Refuse(name, $"'{name}' must be a time such as 2026-03-02T09:00:00Z.");
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum => Text(name) is { Length: > 0 } text ? Parse<T>(name, text) : null;

    public IReadOnlyList<T> Choices<T>(string name)
        where T : struct, Enum => [.. (Texts(name) ?? []).Select(text => Parse<T>(name, text)).OfType<T>()];

    /// <summary>The values within an object; nothing where it is not given.</summary>
    public RequestValues Within(string name)
    {
        var within = new RequestValues(_problems);
        if (Find(name) is { ValueKind: JsonValueKind.Object } value)
            within.Add(value);
        else if (Find(name) is not null)
            Refuse(name, $"'{name}' must be an object.");
        return within;
    }

    /// <summary>The values within each object of a list.</summary>
    public IReadOnlyList<RequestValues> Each(string name)
    {
        if (Find(name) is not { } value)
            return [];
        if (value.ValueKind != JsonValueKind.Array || value.EnumerateArray().Any(item => item.ValueKind != JsonValueKind.Object))
            return Wrong<IReadOnlyList<RequestValues>>(name, "must be a list of objects.") ?? [];
        return [.. value.EnumerateArray().Select(item =>
        {
            var within = new RequestValues(_problems);
            within.Add(item);
            return within;
        })];
    }

    /// <summary>Any JSON; null where it is not given.</summary>
    public JsonElement? Find(string name) => _values.TryGetValue(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    private async Task AddBody(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        if (body.Length == 0)
            return;
        if (request.ContentType is not null && !request.HasJsonContentType())
            throw new BadHttpRequestException($"The body is {request.ContentType}; send JSON, with the header Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        JsonElement json;
        try
        {
            var reader = new Utf8JsonReader(body.GetBuffer().AsSpan(0, (int)body.Length), new JsonReaderOptions { MaxDepth = MaxDepth });
            json = JsonElement.ParseValue(ref reader);
            if (reader.Read())
                throw new JsonException("There is more after its end.");
        }
        catch (JsonException broken)
        {
            throw new BadHttpRequestException("The body is not as it should be.", broken);
        }

        if (json.ValueKind == JsonValueKind.Object)
            Add(json);
        else if (json.ValueKind != JsonValueKind.Null)
            throw new BadHttpRequestException("The body must be a JSON object.");
    }

    private void Add(JsonElement json)
    {
        try
        {
            foreach (var member in json.EnumerateObject())
                _values[member.Name] = member.Value;
        }
        catch (InvalidOperationException broken)
        {
            // Half of a surrogate pair is only found when the text is read.
            throw new BadHttpRequestException("The body holds a name that is not valid Unicode.", broken);
        }
    }

    private T? Parse<T>(string name, string text)
        where T : struct, Enum
    {
        if (Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value))
            return value;
        Refuse(name, $"'{name}' must be one of {string.Join(", ", Enum.GetNames<T>())}; '{text}' is none.");
        return null;
    }

    private static string? Scalar(JsonElement value)
    {
        try
        {
            return value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException broken)
        {
            throw new BadHttpRequestException("The body holds text that is not valid Unicode.", broken);
        }
    }

    private T? Wrong<T>(string name, string how)
        where T : class
    {
        Refuse(name, $"'{name}' {how}");
        return null;
    }
}
