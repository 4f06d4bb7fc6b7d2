using Playbook.Sales.Import;

namespace Playbook.Server.Commands.Import;

/// <summary>Turns what is in the way of an import into words and an exit code.</summary>
internal static class ImportFaults
{
    public static async Task<int> Guarded(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (FormatException fault)
        {
            Terminal.Error(fault.Message);
            return ExitCodes.Usage;
        }
        catch (ImportException fault)
        {
            foreach (var failure in fault.Failures)
                Terminal.Error(failure.ToString());
            return fault.Failures.Any(failure => failure.File == "database") ? ExitCodes.Storage : ExitCodes.InvalidInput;
        }
    }
}
