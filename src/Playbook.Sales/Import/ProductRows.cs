using Playbook.Sales.Products;

namespace Playbook.Sales.Import;

internal static class ProductRows
{
    public static RowReport Plan(RowReader row, Planning planning)
    {
        var shelf = planning.Book.Products;
        var name = row.Text(ImportField.FullName);
        var series = row.Text(ImportField.Series);
        var price = row.Number(ImportField.Price);
        if (name is null)
            row.Reject(ImportField.FullName, null, "The product has no name.", "Name it.");
        if (name is null || row.IsRejected)
            return row.Report(RowOutcome.Rejected, name ?? "", null);

        var key = NameKey.OrName(NameKey.Of(name), name);
        if (planning.IsDuplicate(row, RecordKind.Product, key, name))
            return row.Report(RowOutcome.SkippedDuplicate, name, shelf.Find(key)?.Id);

        var known = shelf.Find(key);
        Planning.WarnOfSpelling(row, name, known?.Name);
        if (known is null && planning.Suggest(RecordKind.Product, name, shelf, product => product.Name) is { } near)
            row.Warn(ImportField.FullName, name, $"This is nearly \"{near}\".", "It was stored as a product of its own. Undo the import and correct it if they are one.", null);
        var product = known ?? new Product { Id = planning.NewId(), Name = name, NameKey = key, CreatedAt = planning.Now, UpdatedAt = planning.Now };
        product = product with { Series = series ?? product.Series, Price = price ?? product.Price };
        var saved = planning.Save(RecordKind.Product, shelf, product, record => record with { UpdatedAt = planning.Now });
        return row.Report(Planning.Outcome(row, saved), name, product.Id);
    }
}
