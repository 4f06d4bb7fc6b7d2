using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Playbook.Abstractions;
using Playbook.Engine.Expressions;
using Playbook.Server.Pages.Designer.Scripts;
using Playbook.Server.Pages.Designer.TryIt;

namespace Playbook.Server.Tests.Pages.Designer;

public sealed class ScriptPartsTests
{
    [Fact]
    public async Task What_is_filled_in_said_instead_and_missing_looks_different_and_no_text_is_taken_for_markup()
    {
        await using var page = Page();
        var script = new MarkedScript(
            [new(ScriptPartKind.Words, "For "), new(ScriptPartKind.Value, "<b>Ada</b>")],
            [new(ScriptPartKind.Words, "Hi "), new(ScriptPartKind.Fallback, "there"), new(ScriptPartKind.Missing, "⟦account.name⟧", "account.name")],
            []);

        var shown = page.Render<ScriptParts>(parameters => parameters.Add(parts => parts.Script, script));

        Assert.Equal("<b>Ada</b>", shown.Find(".subject mark.value").TextContent);
        Assert.Equal("there", shown.Find(".body mark.fallback").TextContent);
        Assert.Equal("account.name: missing", shown.Find(".body mark.missing").TextContent);
        Assert.Equal("Hi thereaccount.name: missing", shown.Find(".body").TextContent.Trim());
    }

    [Fact]
    public async Task A_field_says_when_it_is_needed_and_what_is_wrong_with_it()
    {
        await using var page = Page();
        var field = new FormField("pain", "What hurts?") { Required = true, RequiredFor = ["Interested"] };
        object? typed = null;

        var shown = page.Render<FormInput>(parameters => parameters.Add(input => input.Field, field).Add(input => input.Id, "f").Add(input => input.Problem, "What hurts? is missing.")
            .Add(input => input.ValueChanged, value => typed = value));
        shown.Find("input").Change("typing twice");

        Assert.Equal("needed for Interested", shown.Find(".needed").TextContent);
        Assert.Equal(("true", "f-problem"), (shown.Find("input").GetAttribute("aria-invalid"), shown.Find("input").GetAttribute("aria-describedby")));
        Assert.Equal("What hurts? is missing.", shown.Find("#f-problem").TextContent);
        Assert.Equal("typing twice", typed);
    }

    private static BunitContext Page()
    {
        var page = new BunitContext();
        page.Services.AddLocalization();
        return page;
    }
}
