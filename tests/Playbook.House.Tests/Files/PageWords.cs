using System.Text;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Playbook.House.Files;

/// <summary>Finds words for people that stand in a page's markup or code as they are, in one language only.</summary>
internal static partial class PageWords
{
    /// <summary>Of what is no language: names, and what is typed or sent as it stands.</summary>
    private static readonly HashSet<string> InNoLanguage = new(StringComparer.OrdinalIgnoreCase) { "Playbook", "LinkedIn", "Bearer", "Ctrl", "Enter", "Esc", "Tab" };

    /// <summary>Calls whose words are for logs, the record of who did what, and programs.</summary>
    private static readonly HashSet<string> NotForReaders = new(StringComparer.Ordinal)
        { "LogError", "LogWarning", "LogInformation", "LogDebug", "Note", "Write", "NavigateTo", "InvokeAsync", "InvokeVoidAsync", "ToString", "ParseExact", "Replace" };

    /// <summary>In markup: texts between tags and in the attributes that people read or hear.</summary>
    public static IEnumerable<string> InMarkup(string page)
    {
        var bare = Comments().Replace(page, "");
        var drawnInCode = string.Concat(Fragments().Matches(Code().Match(bare).Value).Select(fragment => fragment.Value[1..^1]));
        var markup = WithoutExpressions(Directives().Replace(Code().Replace(bare, ""), "") + drawnInCode);
        markup = Verbatim().Replace(markup, " ");
        foreach (Match tag in Tags().Matches(markup))
            foreach (Match spoken in Spoken().Matches(tag.Value))
                if (HasWords(spoken.Groups["text"].Value))
                    yield return spoken.Groups["text"].Value;
        foreach (var text in Tags().Replace(markup, "\n").Split('\n'))
            if (!IsCode(text.Trim()) && HasWords(text))
                yield return text.Trim();
    }

    /// <summary>In code: texts of two words or more that are no key of a text.</summary>
    public static IEnumerable<string> InCode(string file, string text)
    {
        var code = file.EndsWith(".razor", StringComparison.Ordinal) ? Code().Match(text) is { Success: true } own ? $"class Page {{ {Fragments().Replace(own.Groups["code"].Value, "null;")}" : "" : text;
        foreach (var node in CSharpSyntaxTree.ParseText(code).GetRoot().DescendantNodes())
        {
            var words = node switch
            {
                LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.StringLiteralExpression) => literal.Token.ValueText,
                InterpolatedStringExpressionSyntax made => string.Concat(made.Contents.Select(part => part is InterpolatedStringTextSyntax plain ? plain.TextToken.ValueText : "{}")),
                _ => "",
            };
            words = Tags().Replace(words, "");
            if (TwoWords().IsMatch(words) && HasWords(words) && !IsForPrograms(node))
                yield return words;
        }
    }

    private static bool IsForPrograms(SyntaxNode node) => node.Ancestors().Any(above => above switch
    {
        ElementAccessExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.Text: "L" } or MemberAccessExpressionSyntax { Name.Identifier.Text: "L" } } => true,
        AttributeSyntax or ThrowStatementSyntax or ThrowExpressionSyntax or BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression } => true,
        ObjectCreationExpressionSyntax { Type: IdentifierNameSyntax { Identifier.Text: "EventOutcome" } } => true,
        InvocationExpressionSyntax call => NotForReaders.Contains(call.Expression switch { MemberAccessExpressionSyntax member => member.Name.Identifier.Text, MemberBindingExpressionSyntax bound => bound.Name.Identifier.Text, SimpleNameSyntax name => name.Identifier.Text, _ => "" }),
        _ => false,
    });

    private static bool HasWords(string text) => Word().Matches(text).Any(word => !InNoLanguage.Contains(word.Value));

    // Between tags a page's own statements stand as well.
    private static bool IsCode(string line) => line.Length == 0 || Statement().IsMatch(line);

    /// <summary>Takes @-expressions and the conditions of statements out, brackets and strings in them included.</summary>
    private static string WithoutExpressions(string markup)
    {
        var rest = new StringBuilder(markup.Length);
        for (var i = 0; i < markup.Length;)
        {
            var begin = Expression().Match(markup, i);
            if (!begin.Success || begin.Index != i)
            {
                rest.Append(markup[i++]);
                continue;
            }

            i += begin.Length;
            while (i < markup.Length && (markup[i] is '(' or '[' || (markup[i] == '.' && i + 1 < markup.Length && char.IsLetter(markup[i + 1])) || (markup[i] is '?' or '!' && i + 1 < markup.Length && markup[i + 1] is '.' or '[')))
                i = markup[i] is '(' or '[' ? AfterBrackets(markup, i) : i + Name().Match(markup, i + 1).Length + 1;
            rest.Append(' ');
        }

        return rest.ToString();
    }

    private static int AfterBrackets(string text, int at)
    {
        var depth = 0;
        for (var quote = '\0'; at < text.Length; at++)
        {
            if (quote != '\0')
                quote = text[at] == quote && text[at - 1] != '\\' ? '\0' : quote;
            else if (text[at] == '"')
                quote = '"';
            else if (text[at] is '(' or '[')
                depth++;
            else if (text[at] is ')' or ']' && --depth == 0)
                return at + 1;
        }

        return at;
    }

    [GeneratedRegex(@"@\*.*?\*@", RegexOptions.Singleline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Comments();

    [GeneratedRegex(@"^@(?:page|using|inject|implements|inherits|layout|attribute|rendermode)\b.*$", RegexOptions.Multiline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Directives();

    [GeneratedRegex(@"@<(\w+)\b.*?</\1>;", RegexOptions.Singleline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Fragments();

    [GeneratedRegex(@"^@code\s*\{(?<code>.*)\z", RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Code();

    [GeneratedRegex(@"<(kbd|code|style)\b.*?</\1>", RegexOptions.Singleline | RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Verbatim();

    [GeneratedRegex("""</?[A-Za-z][^<>"']*(?:"[^"]*"[^<>"']*|'[^']*'[^<>"']*)*>""", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Tags();

    [GeneratedRegex("""\s(?:aria-label|title|placeholder|alt|Title|Label|Heading)="(?<text>[^"]*)""", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 5000)]
    private static partial Regex Spoken();

    [GeneratedRegex(@"^(?:[{}\s]*(?:else(?:\s+if)?|if|foreach|for|while|switch|try|finally|do)\b.*|(?:var|await|return|case|default|break|continue)\b.*|\S.*;|[{}()\s]*|.*=>.*)$", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Statement();


    [GeneratedRegex(@"\G@(?=\()|\G@(?:if|foreach|for|while|switch)\s*(?=\()|\G@[A-Za-z_]\w*", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Expression();

    [GeneratedRegex(@"\G[A-Za-z_]\w*", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Name();

    [GeneratedRegex(@"\p{L}{2,}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex Word();

    [GeneratedRegex(@"\p{L}{2,}[,;:.]? (?:\{\} )?\p{L}{2,}", RegexOptions.CultureInvariant, 5000)]
    private static partial Regex TwoWords();
}
