using Playbook.Engine.Expressions;
using Playbook.Sales.Scenarios;
using Playbook.Sales.Tests.Playbooks;

namespace Playbook.Sales.Tests.Scenarios;

public sealed class ScriptPreviewTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);
    private readonly ScriptPreview _preview = new(new ScriptTemplates());

    [Fact]
    public void A_shipped_mail_reads_well_for_somebody_known_and_for_the_worst_case()
    {
        var shipped = ShippedPlaybooks.Get("lead-generation");
        var script = shipped.Scripts["intro-mail.en"];

        var typical = _preview.Render(shipped.Definition, script, TestSubjects.Typical("en"), TypicalNotes.None, Now);
        var worst = _preview.Render(shipped.Definition, script, TestSubjects.Worst(), TypicalNotes.None, Now);

        Assert.Empty(typical.Gaps);
        Assert.Empty(worst.Gaps);
        Assert.Contains(typical.Text, part => part is { Kind: ScriptPartKind.Value, Text: "Ada" });
        Assert.DoesNotContain(worst.Text, part => part is { Kind: ScriptPartKind.Value });
        Assert.Contains(worst.Text, part => part is { Kind: ScriptPartKind.Fallback, Text: "there" });
    }

    [Fact]
    public void A_value_without_a_fallback_is_a_gap_in_the_worst_case_only()
    {
        var definition = ShippedPlaybooks.Get("lead-generation").Definition;
        const string Script = "Hi {{ contact.first_name }},\n{{ account.city }} {{ pain }}";

        Assert.Equal(["account.city", "pain"], _preview.Render(definition, Script, TestSubjects.Typical("en"), TypicalNotes.None, Now).Gaps.Select(gap => gap.Name));
        Assert.Equal(["contact.first_name", "account.city", "pain"], _preview.Render(definition, Script, TestSubjects.Worst(), TypicalNotes.None, Now).Gaps.Select(gap => gap.Name));
    }

    [Fact]
    public void What_steps_write_down_is_taken_from_the_scenarios_and_else_from_the_fields_label()
    {
        var definition = ShippedPlaybooks.Get("lead-generation").Definition;
        const string Scenario = """{"name": "a", "steps": [{"do": "complete", "activity": "research", "outcome": "Ready", "fields": {"personal_line": "New warehouse"}}], "then": [{"status": "Suspended"}]}""";
        var notes = TypicalNotes.Of(definition, ["{ broken", Scenario]);

        var marked = _preview.Render(definition, "{{ personal_line }}|{{ consent_wording }}|{{ previous.research }}", TestSubjects.Typical("en"), notes, Now);

        Assert.Equal("New warehouse|(Their words when they said yes to e-mail)|Ready", string.Concat(marked.Text.Select(part => part.Text)));
    }

    [Theory]
    [InlineData("lead-generation")]
    [InlineData("close")]
    [InlineData("upsell")]
    public void No_shipped_script_has_a_gap_for_somebody_known(string slug)
    {
        var shipped = ShippedPlaybooks.Get(slug);
        foreach (var (name, script) in shipped.Scripts)
            Assert.True(_preview.Render(shipped.Definition, script, TestSubjects.Typical("en"), TypicalNotes.None, Now).Gaps.Count == 0, name);
    }
}
