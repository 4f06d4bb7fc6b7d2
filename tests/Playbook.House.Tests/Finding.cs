namespace Playbook.House;

/// <summary>One breach of a house rule: where, why it is one, and what to do.</summary>
internal sealed record Finding(string File, string Cause, string Cure)
{
    public override string ToString() => $"{File}: {Cause} Cure: {Cure}";
}

internal static class Rule
{
    public static void Holds(IEnumerable<Finding> findings)
    {
        var all = findings.Select(finding => finding.ToString()).Distinct().Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
            Assert.Fail(string.Join('\n', all.Prepend($"{all.Count} breach(es) of a house rule:")));
    }

    /// <summary>The proof that a checker goes red: it finds exactly the breach that was put there.</summary>
    public static void GoesRed(IEnumerable<Finding> findings, string file, string cause)
    {
        var finding = Assert.Single(findings);
        Assert.Equal(file, finding.File);
        Assert.Contains(cause, finding.Cause, StringComparison.Ordinal);
        Assert.NotEmpty(finding.Cure);
    }
}
