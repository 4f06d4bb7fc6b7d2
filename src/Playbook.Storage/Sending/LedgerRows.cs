using Playbook.Sales.Consent;
using Playbook.Sales.Sending;
using Playbook.Storage.Runs;

namespace Playbook.Storage.Sending;

/// <summary>Reads the ledger's rows as EF Core wrote or would write them.</summary>
internal static class LedgerRows
{
    internal const string TouchColumns = """Id, "Key", Channel, Direction, Kind, At, ContactId, AccountId, RunId, RepId, MessageKey, ProviderId, Mailbox, Address, Domain, Subject, Text, ReturnsAt""";
    internal const string ConsentColumns = """Id, ContactId, "Act", Scope, At, Channel, Wording, Evidence, "By", Basis""";
    internal const string SuppressionColumns = """Id, Kind, "Key", Scope, Reason, At, List, "By" """;
    internal const string DecisionColumns = "Id, MessageKey, At, Channel, Verdict, RuleId, Rule, Until, RunId, ContactId, Reasons, Facts";

    internal static string Text(Guid id) => id.ToString("D").ToUpperInvariant();

    internal static Touch Touch(Statement row) => new()
    {
        Id = Id(row, 0), Key = row.Text(1), Channel = row.Text(2), Direction = Enum.Parse<TouchDirection>(row.Text(3)), Kind = Enum.Parse<TouchKind>(row.Text(4)), At = Time(row, 5),
        ContactId = IdOrNull(row, 6), AccountId = IdOrNull(row, 7), RunId = IdOrNull(row, 8), RepId = IdOrNull(row, 9), MessageKey = row.TextOrNull(10), ProviderId = row.TextOrNull(11),
        Mailbox = row.TextOrNull(12), Address = row.TextOrNull(13), Domain = row.TextOrNull(14), Subject = row.TextOrNull(15), Text = row.TextOrNull(16), ReturnsAt = TimeOrNull(row, 17),
    };

    internal static ConsentEntry Consent(Statement row) => new()
    {
        Id = Id(row, 0), ContactId = Id(row, 1), Act = Enum.Parse<ConsentAct>(row.Text(2)), Scope = row.Text(3), At = Time(row, 4),
        Channel = row.TextOrNull(5), Wording = row.TextOrNull(6), Evidence = row.TextOrNull(7), By = row.TextOrNull(8), Basis = row.TextOrNull(9),
    };

    internal static Suppression Suppression(Statement row) => new()
    {
        Id = Id(row, 0), Kind = Enum.Parse<SuppressionKind>(row.Text(1)), Key = row.Text(2), Scope = row.Text(3), Reason = row.Text(4), At = Time(row, 5), List = row.TextOrNull(6), By = row.TextOrNull(7),
    };

    internal static KeptDecision Decision(Statement row) => new()
    {
        Id = Id(row, 0), MessageKey = row.Text(1), At = Time(row, 2), Channel = row.Text(3), Verdict = Enum.Parse<Verdict>(row.Text(4)), RuleId = row.Text(5), Rule = row.Text(6),
        Until = TimeOrNull(row, 7), RunId = IdOrNull(row, 8), ContactId = IdOrNull(row, 9), Reasons = row.Text(10), Facts = row.Text(11),
    };

    internal static Guid Id(Statement row, int column) => Guid.Parse(row.Text(column));

    internal static Guid? IdOrNull(Statement row, int column) => row.IsNull(column) ? null : Id(row, column);

    internal static DateTimeOffset Time(Statement row, int column) => new(row.Int64(column), TimeSpan.Zero);

    internal static DateTimeOffset? TimeOrNull(Statement row, int column) => row.IsNull(column) ? null : Time(row, column);
}
