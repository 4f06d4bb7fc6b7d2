using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Engine.Tests.Definitions;

public sealed class RoundTripTests
{
    private static WorkflowDocument Read(byte[] bytes) => WorkflowDocument.Read(bytes, out var problem) ?? throw new InvalidOperationException(problem!.ToString());

    /// <summary>The text without white space outside of strings: what a reader of JSON cannot see.</summary>
    private static string Bare(byte[] json)
    {
        using var document = JsonDocument.Parse(json);
        var bare = new StringBuilder();
        Write(document.RootElement, bare);
        return bare.ToString();

        static void Write(JsonElement element, StringBuilder to)
        {
            switch (element.ValueKind)
            {
                case JsonValueKind.Object:
                    to.Append('{');
                    foreach (var member in element.EnumerateObject())
                    {
                        to.Append(JsonSerializer.Serialize(member.Name)).Append(':');
                        Write(member.Value, to);
                        to.Append(',');
                    }

                    to.Append('}');
                    break;
                case JsonValueKind.Array:
                    to.Append('[');
                    foreach (var item in element.EnumerateArray())
                    {
                        Write(item, to);
                        to.Append(',');
                    }

                    to.Append(']');
                    break;
                case JsonValueKind.String:
                    to.Append(JsonSerializer.Serialize(element.GetString()));
                    break;
                default:
                    to.Append(element.GetRawText());
                    break;
            }
        }
    }

    private static void ComesBack(byte[] bytes)
    {
        var written = Encoding.UTF8.GetBytes(Read(bytes).Write());
        Assert.Equal(Bare(bytes), Bare(written));
        Assert.Equal(written, Encoding.UTF8.GetBytes(Read(written).Write()));
    }

    [Fact]
    public void Unknown_members_key_order_and_the_text_of_numbers_are_kept() => ComesBack("""
        {"zeta":1.0,"alpha":1e3,"id":"x","madeUp":{"b":[1.50,-0.0,1E+2,12345678901234567890123],"a":null},"name":"Grüße \u0041 <b> 😀 \"",
         "root":{"type":"Elsa.Flowchart","id":"f","activities":[{"type":"Vendor.Thing","strange":true,"id":"v","metadata":{"designer":{"position":{"x":-10.000,"y":2e-3}}}}],
         "connections":[{"source":{"activity":"v","port":"Done","extra":0},"target":{"activity":"v","port":"In"},"vertices":[{"x":1.10,"y":2}]}]},"customProperties":{}}
        """u8.ToArray());

    [Theory]
    [InlineData("exported-definition.json")]
    [InlineData("responses/playbook-import.json")]
    public void A_definition_of_a_real_Elsa_server_goes_out_as_it_came(string file)
    {
        var recorded = Recorded.Read(file);
        var node = JsonNode.Parse(recorded)!.AsObject();
        // A recorded exchange holds the definition in its request or response.
        foreach (var json in Definitions(node))
            ComesBack(Encoding.UTF8.GetBytes(json.ToJsonString()));
        ComesBack(recorded);
    }

    [Fact]
    public void Compiling_and_checking_leave_the_document_as_it_was()
    {
        var document = Read(new DefinitionBuilder(Draw.Flow("f", [Draw.Line("a"), Draw.Event("b")], "a>b")).Variable("v").Bytes);
        var before = document.Write();
        var types = TestRun.Catalog.Descriptions;
        Playbook.Engine.Definitions.Checks.DefinitionChecker.Check(new DefinitionCompiler(types).Compile(document), types);
        Assert.Equal(before, document.Write());
    }

    [Fact]
    public void The_content_hash_does_not_see_identity_but_sees_every_other_change()
    {
        string Hash(Action<JsonObject> change)
        {
            var definition = new DefinitionBuilder(Draw.Line("a"));
            change(definition.Json);
            return definition.Compile().ContentHash;
        }

        var plain = Hash(_ => { });
        Assert.Equal(plain, Hash(json => { json["id"] = "other"; json["version"] = 7; json["isPublished"] = false; json["createdAt"] = "2026-01-01"; }));
        Assert.NotEqual(plain, Hash(json => json["name"] = "other"));
        Assert.NotEqual(plain, Hash(json => json["root"]!["text"]!["expression"]!["value"] = "other"));
    }

    [Fact]
    public void A_byte_order_mark_is_read_over() => Assert.NotNull(WorkflowDocument.Read([0xEF, 0xBB, 0xBF, .. "{}"u8], out _));

    [Fact]
    public void The_deepest_document_that_is_read_can_be_written()
    {
        var deep = Nested(WorkflowDocument.MaxDepth - 1);
        ComesBackDeep(deep);
        Assert.Null(WorkflowDocument.Read(Nested(WorkflowDocument.MaxDepth), out var problem));
        Assert.Equal(DiagnosticCodes.TooDeep, problem!.Code);

        static byte[] Nested(int lists) => Encoding.UTF8.GetBytes($$"""{"root":{{new string('[', lists)}}{{new string(']', lists)}}}""");

        static void ComesBackDeep(byte[] bytes) => Assert.Equal(Encoding.UTF8.GetString(bytes), new string([.. Read(bytes).Write().Where(c => !char.IsWhiteSpace(c))]));
    }

    private static IEnumerable<JsonObject> Definitions(JsonNode? node) => node switch
    {
        JsonObject json when json["root"] is JsonObject => [json],
        JsonObject json => json.SelectMany(p => Definitions(p.Value)),
        JsonArray array => array.SelectMany(Definitions),
        _ => [],
    };
}
