using Playbook.Engine.Expressions;

namespace Playbook.Engine.Tests.Expressions;

public sealed class MarkedScriptTests
{
    private readonly ScriptTemplates templates = new();
    private readonly FakeScope scope = new()
    {
        Subject =
        {
            ["contact"] = new Dictionary<string, object?> { ["first_name"] = "Ada", ["title"] = null },
            ["account"] = null,
        },
    };

    [Fact]
    public void Words_values_fallbacks_and_gaps_are_told_apart()
    {
        var marked = templates.RenderMarked("Hi {{ contact.first_name }} of {{ account.name ?? \"your company\" }}, {{ contact.title }}!", scope);

        Assert.Equal(
            ["Words:Hi ", "Value:Ada", "Words: of ", "Fallback:your company", "Words:, ", "Missing:⟦contact.title⟧", "Words:!"],
            marked.Text.Select(part => $"{part.Kind}:{part.Text}"));
        Assert.Equal("contact.title", marked.Text[5].Name);
        Assert.Equal("contact.title", Assert.Single(marked.Gaps).Name);
    }

    [Fact]
    public void The_pieces_of_subject_and_text_together_are_what_a_preview_says()
    {
        const string Script = "Subject: For {{ contact.first_name }}\n\nHi {{ contact.first_name | string.upcase }}{{ if account }}x{{ end }} {{ 1 + 1 }}\n{{ contact.email }}";
        var marked = templates.RenderMarked(Script, scope);
        var preview = templates.RenderPreview(Script, scope);

        Assert.Equal(preview.Subject, string.Concat(marked.Subject!.Select(part => part.Text)));
        Assert.Equal(preview.Text, string.Concat(marked.Text.Select(part => part.Text)));
        Assert.Equal(preview.Gaps, marked.Gaps);
        Assert.Contains(marked.Text, part => part is { Kind: ScriptPartKind.Value, Text: "ADA" });
        Assert.DoesNotContain(marked.Text, part => part is { Kind: not ScriptPartKind.Words, Text: "2" });
    }

    [Fact]
    public void A_fallback_that_is_only_assigned_marks_nothing_that_comes_later()
    {
        var marked = templates.RenderMarked("{{ place = account.name ?? \"there\" }}Dear {{ contact.first_name }}", scope);

        Assert.Equal(["Words:Dear ", "Value:Ada"], marked.Text.Select(part => $"{part.Kind}:{part.Text}"));
    }

    [Fact]
    public void What_is_captured_is_marked_where_it_is_written()
    {
        var marked = templates.RenderMarked("{{ capture name }}Dr {{ contact.first_name }}{{ end }}Dear {{ name }}.", scope);

        Assert.Equal(["Words:Dear ", "Value:Dr Ada", "Words:."], marked.Text.Select(part => $"{part.Kind}:{part.Text}"));
    }

    [Theory]
    [InlineData("Subject: Hello\n\nHi {{ contact. }}\n")]
    [InlineData("Subject: Hello\n\nHi {{ for x in }}\n")]
    public void A_broken_mail_names_the_line_of_the_whole_script(string script)
    {
        Assert.Contains("line 3", Assert.Throws<ExpressionException>(() => templates.RenderMarked(script, scope)).Message, StringComparison.Ordinal);
        var problem = Assert.Single(ExpressionNames.CheckScript(script, new HashSet<string>(), new HashSet<string>()));
        Assert.Equal(3, problem.Line);
    }

    [Fact]
    public void A_mail_that_fails_while_it_renders_names_the_line_of_the_whole_script()
    {
        var failure = Assert.Throws<ExpressionException>(() => templates.RenderMarked("Subject: Hello\n\nHi\n{{ \"a\" | string.upcase 1 2 3 }}\n", scope));

        Assert.StartsWith("Line 4:", failure.Message, StringComparison.Ordinal);
    }
}
