using System.Text.Json;

namespace Playbook.Server.Commands.Conformance;

/// <summary>A case to judge, or why there is none.</summary>
internal readonly record struct CaseOrProblem(ConformanceCase? Case, ConformanceResult? Problem);

/// <summary>Reads cases from files. What cannot be read counts as a failed case, so that nothing is passed over in silence.</summary>
internal static class ConformanceFiles
{
    public static async Task<IReadOnlyList<CaseOrProblem>> Read(IEnumerable<string> files, CancellationToken cancellation)
    {
        var cases = new List<CaseOrProblem>();
        foreach (var file in files)
        {
            try
            {
                await Read(file, cases, cancellation);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
            {
                cases.Add(Failed(file, Directory.Exists(file) ? "this is a folder; name the files in it" : $"the file cannot be read: {e.Message}"));
            }
        }

        return cases;
    }

    private static async Task Read(string file, List<CaseOrProblem> cases, CancellationToken cancellation)
    {
        var before = cases.Count;
        // A single case may be spread over the lines of a .json file.
        if (Path.GetExtension(file).Equals(".json", StringComparison.OrdinalIgnoreCase))
            cases.Add(One(file, await File.ReadAllTextAsync(file, cancellation)));
        else
        {
            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file, cancellation))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                    cases.Add(One($"{file}:{number}", line));
            }
        }

        if (cases.Count == before)
            cases.Add(Failed(file, "there is no case in the file"));
    }

    private static CaseOrProblem One(string where, string json)
    {
        try
        {
            return new(ConformanceCase.Read(json), null);
        }
        catch (JsonException e)
        {
            return Failed(where, $"this is no case: {e.Message}");
        }
        catch (ArgumentException e)
        {
            // Two members of one name.
            return Failed(where, $"this is no case: {e.Message}");
        }
    }

    private static CaseOrProblem Failed(string where, string why) => new(null, new(where, Verdict.Failed, why));
}
