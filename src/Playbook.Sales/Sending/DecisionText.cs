using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Playbook.Sales.Sending;

/// <summary>A decision's reasons and facts as they are kept: JSON without names and addresses.</summary>
public static class DecisionText
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    public static KeptDecision Keep(SendingQuestion question, SendingContext context, SendingDecision decision)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(decision);
        var (verdict, rule, until) = decision switch
        {
            SendingDecision.Permit permit => (Verdict.Permit, permit.Rule, (DateTimeOffset?)permit.ValidUntil),
            SendingDecision.Wait wait => (Verdict.Wait, wait.Rule, wait.Until),
            SendingDecision.Block block => (Verdict.Block, block.Rule, null),
            _ => throw new NotSupportedException($"{decision.GetType().Name} is no decision that can be kept."),
        };
        return new()
        {
            Id = Guid.CreateVersion7(question.Now), MessageKey = question.MessageKey, At = question.Now, Channel = question.Channel, Verdict = verdict, RuleId = decision.RuleId, Rule = rule,
            Until = until, RunId = question.RunId, ContactId = question.ContactId, Reasons = JsonSerializer.Serialize(decision.Reasons, Format), Facts = Facts(question, context),
        };
    }

    public static IReadOnlyList<Reason> Reasons(KeptDecision decision)
    {
        ArgumentNullException.ThrowIfNull(decision);
        return JsonSerializer.Deserialize<IReadOnlyList<Reason>>(decision.Reasons, Format) ?? [];
    }

    private static string Facts(SendingQuestion question, SendingContext context) => JsonSerializer.Serialize(new
    {
        context.Purpose, context.Country, context.TimeZone, context.IsConsumer, context.IsCustomer, context.DoNotContact, context.ConsentEmail, question.RepId,
        Wills = context.Wills.Select(will => new { will.Act, will.Scope, will.At }),
        Suppressions = context.Suppressions.Select(entry => new { entry.Scope, entry.List }),
        Lists = context.Lists.Count == 0 ? null : context.Lists,
        context.WroteAt, context.AwayUntil,
        Taken = context.TakenBy is not null, Stopped = context.StoppedByReply is not null,
        Caps = context.Caps.Select(cap => new { cap.Id, cap.Limit, cap.FreesAt }),
        Gaps = context.Gaps.Select(gap => new { gap.Id, gap.Until }),
    }, Format);
}
