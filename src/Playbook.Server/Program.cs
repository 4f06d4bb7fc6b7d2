using Playbook.Engine.Activities;
using Playbook.Engine.Definitions;
using Playbook.Engine.Expressions;
using Playbook.Engine.Runs;
using Playbook.Server.Commands.Conformance;

var catalog = new ActivityCatalog(BuiltInActivities.All, []);
var judge = new ConformanceJudge(new ConformanceRun(new RunEngine(catalog, new ExpressionEvaluator()), new DefinitionCompiler(catalog.Descriptions)));
var counts = new int[3];
foreach (var file in args)
    foreach (var line in File.ReadLines(file))
    {
        ConformanceResult r;
        try { r = judge.Judge(ConformanceCase.Read(line)); }
        catch (NotSupportedException e) { r = new(line[9..24], Verdict.Failed, "codec " + e.StackTrace!.Split('\n')[0]); }
        catch (InvalidOperationException e) { r = new(line[9..24], Verdict.Failed, "EX " + e); }
        counts[(int)r.Verdict]++;
        if (r.Verdict != Verdict.Passed) Console.WriteLine($"{r.Verdict} {r.Name}: {r.Difference}");
    }
Console.WriteLine($"{counts[0]} passed, {counts[1]} failed, {counts[2]} differ by design");
return counts[1] == 0 ? 0 : 1;
