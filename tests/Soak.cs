using System.Runtime.CompilerServices;
using Xunit.v3;

namespace Playbook.Tests;

/// <summary>Long trials, which <c>./build.sh soak</c> asks for and an ordinary test run leaves out.</summary>
internal static class Soak
{
    public static bool IsOn { get; } = Environment.GetEnvironmentVariable("PLAYBOOK_SOAK") == "1";

    /// <summary>How often to try, for a test that is worth running both ways; mark it <c>[Trait("Category", "Soak")]</c>.</summary>
    public static int Trials(int ordinary, int soak) => IsOn ? soak : ordinary;
}

/// <summary>A test that runs in a soak only.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SoakFactAttribute : FactAttribute, ITraitAttribute
{
    public SoakFactAttribute([CallerFilePath] string? file = null, [CallerLineNumber] int line = -1)
        : base(file, line)
    {
        if (!Soak.IsOn)
            Skip = "A long trial; run it with ./build.sh soak";
    }

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("Category", "Soak")];
}
