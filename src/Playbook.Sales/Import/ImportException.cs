namespace Playbook.Sales.Import;

/// <summary>Why nothing at all was imported.</summary>
/// <param name="File">The file or database that it is about.</param>
public sealed record ImportFailure(string File, string Cause, string Cure)
{
    public override string ToString() => $"{File}: {Cause} {Cure}";
}

/// <summary>The import cannot be done and nothing was written. All that is wrong is told at once.</summary>
public sealed class ImportException : Exception
{
    public ImportException(IReadOnlyList<ImportFailure> failures, Exception? inner = null)
        : base(string.Join(Environment.NewLine, failures), inner)
    {
        Failures = failures;
    }

    public ImportException(ImportFailure failure, Exception? inner = null)
        : this([failure], inner)
    {
    }

    public IReadOnlyList<ImportFailure> Failures { get; }
}
