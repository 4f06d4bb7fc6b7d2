using System.Text;
using Playbook.Engine.Definitions;
using Playbook.Engine.Definitions.Comparison;

namespace Playbook.Engine.Tests.Definitions.Comparison;

public sealed class ComparisonTests
{
    private const string Before = """
        {"definitionId": "d", "version": 1, "name": "Calls", "root": {"id": "F", "type": "Elsa.Flowchart", "activities": [
            {"id": "a", "type": "Playbook.GuidedStep", "title": {"typeName": "String", "expression": {"type": "Literal", "value": "Call"}}, "metadata": {"designer": {"position": {"x": 0, "y": 0}}, "displayText": "First call"}},
            {"id": "b", "type": "Elsa.End", "metadata": {"displayText": "Over"}}],
          "connections": [{"source": {"activity": "a", "port": "Interested"}, "target": {"activity": "b", "port": "In"}}]}}
        """;

    private static DocumentDifference Compare(string after) => DocumentComparison.Compare(Read(Before), Read(after));

    private static WorkflowDocument Read(string json) => WorkflowDocument.Read(Encoding.UTF8.GetBytes(json), out _)!;

    [Fact]
    public void The_same_document_under_another_version_does_not_differ() =>
        Assert.True(Compare(Before.Replace("\"version\": 1", "\"version\": 2, \"id\": \"x\", \"isPublished\": true", StringComparison.Ordinal)).IsEmpty);

    [Fact]
    public void A_changed_input_is_told_by_its_name_with_both_values()
    {
        var changed = Assert.Single(Compare(Before.Replace("\"Call\"", "\"Ring\"", StringComparison.Ordinal)).Changed);

        Assert.Equal("First call", changed.Step.Name);
        Assert.Equal(new ChangedMember("title", "Call", "Ring"), Assert.Single(changed.Members));
        Assert.False(changed.Moved);
    }

    [Fact]
    public void A_value_that_became_a_formula_says_its_language() =>
        Assert.Equal("Call (Liquid)", Assert.Single(Compare(Before.Replace("\"Literal\"", "\"Liquid\"", StringComparison.Ordinal)).Changed).Members[0].After);

    [Fact]
    public void A_step_that_was_only_moved_is_told_as_moved()
    {
        var changed = Assert.Single(Compare(Before.Replace("\"x\": 0", "\"x\": 300", StringComparison.Ordinal)).Changed);

        Assert.True(changed.Moved);
        Assert.Empty(changed.Members);
    }

    [Fact]
    public void Steps_and_connections_that_came_or_went_are_told_by_their_names()
    {
        var difference = Compare(Before
            .Replace("\"activities\": [", "\"activities\": [{\"id\": \"c\", \"type\": \"Playbook.SendMessage\"},", StringComparison.Ordinal)
            .Replace("\"Interested\"", "\"Not now\"", StringComparison.Ordinal));

        Assert.Equal("c", Assert.Single(difference.Added).Name);
        Assert.Equal(new ConnectionName("First call", "Not now", "Over"), Assert.Single(difference.NewConnections));
        Assert.Equal(new ConnectionName("First call", "Interested", "Over"), Assert.Single(difference.LostConnections));
        Assert.Empty(difference.Removed);
    }

    [Fact]
    public void What_the_playbook_says_of_itself_is_compared_too() =>
        Assert.Equal(new ChangedMember("name", "Calls", "Talks"), Assert.Single(Compare(Before.Replace("Calls", "Talks", StringComparison.Ordinal)).Playbook));

    [Fact]
    public void Lines_that_stay_are_told_once_and_changes_stand_where_they_happened() => Assert.Equal(
        [new(LineChange.Same, "a"), new(LineChange.Removed, "b"), new(LineChange.Added, "B"), new(LineChange.Same, "c"), new(LineChange.Added, "d")],
        LineDifference.Compare("a\nb\nc\n", "a\r\nB\r\nc\r\nd\r\n"));

    [Theory]
    [InlineData("", "", 0)]
    [InlineData("", "a", 1)]
    [InlineData("a\nb", "", 2)]
    public void A_text_that_came_or_went_is_told_line_by_line(string before, string after, int count) => Assert.Equal(count, LineDifference.Compare(before, after).Count);

    [Fact]
    public void Both_texts_can_be_read_from_the_comparison()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var before = Some(random);
            var after = Some(random);
            var lines = LineDifference.Compare(before, after);

            Assert.Equal(before, string.Join('\n', lines.Where(line => line.Change != LineChange.Added).Select(line => line.Text)));
            Assert.Equal(after, string.Join('\n', lines.Where(line => line.Change != LineChange.Removed).Select(line => line.Text)));
        }
    }

    private static string Some(Random random) => string.Join('\n', Enumerable.Range(0, random.Next(1, 12)).Select(_ => "x" + random.Next(4)));
}
