using System.Buffers;
using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Abstractions;
using Playbook.Storage.Runs.Json;

namespace Playbook.Storage.Tests.Runs;

public sealed class EffectJsonTests
{
    public static TheoryData<Effect> Effects =>
    [
        new Effect.OpenTask("k", "closer", "Call \"Karen\" & Jørgen"),
        new Effect.OpenTask("k", "closer", "t") { Outcomes = [] },
        new Effect.EscalateTask("k", "manager"),
        new Effect.SendMessage("k", "email", "first-touch"),
        new Effect.SendMessage("written", "email", "") { Written = new WrittenMessage("Hej", "Kære Åse\n\nTak.") },
        new Effect.SendMessage("written", "sms", "first-touch") { Written = new WrittenMessage(null, "Tak.") },
        new Effect.SendMessage("k", "fax", "price-list") { Action = "Send", Inputs = new Dictionary<string, object?> { ["Cover"] = "Kære Åse", ["Pages"] = 3L } },
        new Effect.StartRun("k", "renewal") { Input = new Dictionary<string, object?> { ["n"] = 3L }, CorrelationId = "c" },
        new Effect.PublishSignal("replied", new Dictionary<string, object?> { ["text"] = "ja", ["at"] = new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.FromHours(1)) }) { OnlyThisRun = true },
        new Effect.PublishSignal("replied", null) { CorrelationId = "c" },
        new Effect.CallHttp("k", "POST", "https://example.dk/a?b=c") { Headers = new Dictionary<string, string> { ["X-Key"] = "1" }, Body = "{}", ContentType = "application/json" },
        new Effect.RequestWork("k", "enrich", new List<object?> { 1L, 2.0, 3.5m, false, null, "x" }),
        new Effect.RecordFact("phase", new Dictionary<string, object?> { ["to"] = "close" }),
    ];

    [Theory]
    [MemberData(nameof(Effects))]
    public void An_effect_is_read_as_it_was_written(Effect effect) => Assert.Equivalent(effect, Effect(Json(effect)), strict: true);

    [Fact]
    public void Every_kind_of_effect_can_be_stored()
    {
        var kinds = typeof(Effect).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Effect))).Select(type => type.Name);
        Assert.Equal(kinds.Order(), Effects.Select(row => EffectJson.KindOf(row.Data)).Distinct().Order());
    }

    [Fact]
    public void What_equals_its_default_takes_no_room() =>
        Assert.Equal("""{"kind":"SendMessage","key":"m","channel":"email","script":"Jørgen"}""", Json(new Effect.SendMessage("m", "email", "Jørgen")));

    [Fact]
    public void An_effect_of_a_newer_version_is_refused_with_the_cure() =>
        Assert.Contains("newer version", Assert.Throws<JsonException>(() => Effect("""{"kind":"Teleport"}""")).Message, StringComparison.Ordinal);

    public static TheoryData<object?, object?> Values => new()
    {
        { 3, 3L }, { (byte)3, 3L }, { ulong.MaxValue, (decimal)ulong.MaxValue }, { 3.0, 3.0 }, { 1e300, 1e300 }, { double.NaN, double.NaN },
        { 0.1f, (double)0.1f }, { 1.50m, 1.50m }, { 'x', "x" }, { DayOfWeek.Friday, "Friday" }, { "", "" },
        { new DateOnly(2026, 3, 2), new DateOnly(2026, 3, 2) }, { new TimeOnly(9, 30), new TimeOnly(9, 30) }, { TimeSpan.FromDays(1.5), TimeSpan.FromDays(1.5) },
        { new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc), new DateTime(2026, 3, 2, 9, 0, 0, DateTimeKind.Utc) }, { Guid.Empty, Guid.Empty },
        { new[] { 1, 2 }, new List<object?> { 1L, 2L } },
        { new { Name = "Karen" }, new Dictionary<string, object?> { ["Name"] = "Karen" } },
        { new Dictionary<string, object?> { ["$date"] = "not a date" }, new Dictionary<string, object?> { ["$date"] = "not a date" } },
        { new Dictionary<string, object?> { ["$object"] = null }, new Dictionary<string, object?> { ["$object"] = null } },
        { new Dictionary<string, string> { ["a"] = "b" }, new Dictionary<string, object?> { ["a"] = "b" } },
        { JsonDocument.Parse("""{"a":[1,{"$time":"x"}]}""").RootElement, new Dictionary<string, object?> { ["a"] = new List<object?> { 1L, new Dictionary<string, object?> { ["$time"] = "x" } } } },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void A_value_comes_back_as_a_plain_one(object? value, object? expected)
    {
        var back = ((Effect.RequestWork)Effect(Json(new Effect.RequestWork("k", "t", new List<object?> { value })))).Payload;
        Assert.Equal(new List<object?> { expected }, back);
    }

    [Property]
    public Property Whatever_was_read_is_written_the_same_again() => Prop.ForAll(Plain(3).ToArbitrary(), value =>
    {
        var once = Json(new Effect.RequestWork("k", "t", value));
        Assert.Equal(once, Json(Effect(once)));
    });

    private static Gen<object?> Plain(int depth)
    {
        Gen<object?>[] leaves =
        [
            Gen.Constant<object?>(null),
            ArbMap.Default.GeneratorFor<bool>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<long>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<double>().Select(value => (object?)value),
            ArbMap.Default.GeneratorFor<decimal>().Select(value => (object?)value),
            Names.Select(value => (object?)value),
        ];
        if (depth == 0)
            return Gen.OneOf(leaves);
        return Gen.OneOf([
            .. leaves,
            Plain(depth - 1).ListOf().Select(list => (object?)list.ToList()),
            Names.Zip(Plain(depth - 1)).ListOf().Select(pairs => (object?)pairs.GroupBy(pair => pair.Item1).ToDictionary(group => group.Key, group => group.First().Item2)),
        ]);
    }

    private static Gen<string> Names => Gen.Elements("", "a", "æøå", "$date", "$object", "$decimal", "with space", "\"quoted\"", "2026-03-02");

    private static string Json(Effect effect)
    {
        var output = new ArrayBufferWriter<byte>();
        EffectJson.Write(effect, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static Effect Effect(string json) => EffectJson.Read(Encoding.UTF8.GetBytes(json));
}
