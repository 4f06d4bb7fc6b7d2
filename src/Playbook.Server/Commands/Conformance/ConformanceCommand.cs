using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Playbook.Server.Commands.Conformance;

/// <summary><c>playbook conformance FILE.jsonl …</c>: runs recorded cases and says which end differently here.</summary>
internal static class ConformanceCommand
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "JSON lines, one recorded case on each; see the traces' README.", Arity = ArgumentArity.OneOrMore };
        var verbose = new Option<bool>("--verbose") { Description = "Tell of the cases that differ by design too, and why." };
        var json = new Option<bool>("--json") { Description = "Write one JSON object instead of lines." };
        var command = new Command("conformance", "Run recorded Elsa cases and compare what happens. Ends with 0 only if no case failed.") { files, verbose, json };
        command.SetAction((parsed, cancellation) => Run(parsed.GetValue(files)!, parsed.GetValue(verbose), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> Run(string[] files, bool verbose, bool json, CancellationToken cancellation)
    {
        var results = await Terminal.WithProgress("conformance", async progress =>
        {
            var cases = await ConformanceFiles.Read(files, cancellation);
            var judged = new List<ConformanceResult>();
            foreach (var item in cases)
            {
                judged.Add(item.Problem ?? await ConformanceTrial.Judge(item.Case!, cancellation));
                progress.Report(new(judged[^1].Name, judged.Count, cases.Count));
            }

            return judged;
        });
        var (passed, failed, byDesign) = (Count(results, Verdict.Passed), Count(results, Verdict.Failed), Count(results, Verdict.DiffersByDesign));
        if (json)
            Console.Out.WriteLine(JsonSerializer.Serialize(new
            {
                passed,
                failed,
                differByDesign = byDesign,
                cases = results.Where(r => verbose || r.Verdict != Verdict.Passed).Select(r => new { name = r.Name, verdict = r.Verdict.ToString(), difference = r.Difference, reason = r.Reason }),
            }, Json));
        else
            Print(results, verbose, $"{passed} passed, {failed} failed, {byDesign} differ by design");
        return failed == 0 ? ExitCodes.Ok : ExitCodes.Failure;
    }

    private static void Print(List<ConformanceResult> results, bool verbose, string totals)
    {
        foreach (var result in results)
            if (result.Verdict == Verdict.Failed)
                Console.Out.WriteLine($"FAILED {result.Name}: {result.Difference}");
            else if (verbose && result.Verdict == Verdict.DiffersByDesign)
                Console.Out.WriteLine($"BY DESIGN {result.Name} ({result.Reason}): {result.Difference}");
        Console.Out.WriteLine(totals);
    }

    private static int Count(List<ConformanceResult> results, Verdict verdict) => results.Count(r => r.Verdict == verdict);
}
