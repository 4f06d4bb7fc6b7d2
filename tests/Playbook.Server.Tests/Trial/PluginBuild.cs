using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Playbook.Abstractions;

namespace Playbook.Server.Tests.Trial;

/// <summary>Makes real plugin folders: an assembly compiled from a few lines, with its plugin.json.</summary>
internal static class PluginBuild
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks; using Playbook.Abstractions;\n";

    private static readonly IReadOnlyList<MetadataReference> Framework =
        [.. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal)).Select(path => MetadataReference.CreateFromFile(path))];

    private static MetadataReference Abstractions { get; } = MetadataReference.CreateFromFile(typeof(IChannel).Assembly.Location);

    /// <summary>A channel called <c>fax</c> whose members are these, where they are not the harmless ones.</summary>
    public static string Fax(
        string open = "new Fax(setup)", string send = "new(new SendResult.Accepted(\"fax-\" + message.IdempotencyKey))", string validate = "new(Array.Empty<string>())",
        string description = "new(\"fax\", \"Fax\", \"Sends a page.\")", string more = "", string plugin = "", string version = "1") => $$"""
        namespace Acme;
        public sealed class FaxPlugin : IChannelPlugin
        {
            public static string Build => "{{version}}";
            public ChannelDescription Description => {{description}};
            public IChannel Open(ChannelSetup setup) => {{open}};
            {{plugin}}
        }
        public sealed class Fax(ChannelSetup setup) : IChannel
        {
            public ChannelSetup Setup => setup;
            public ValueTask<IReadOnlyList<string>> Validate(CancellationToken cancellationToken) => {{validate}};
            public ValueTask<SendResult> Send(OutgoingMessage message, Permit permit, CancellationToken cancellationToken) => {{send}};
            {{more}}
        }
        """;

    public static JsonObject Manifest() => new()
    {
        ["id"] = "fax", ["version"] = "1.2.3", ["contractVersion"] = PluginContract.Version, ["assembly"] = "Acme.Fax.dll", ["class"] = "Acme.FaxPlugin",
    };

    /// <summary>Writes the folder below <paramref name="plugins"/>; what was there is built over, as an author does.</summary>
    public static string Write(string plugins, string source, Action<JsonObject>? change = null, string name = "Fax", IEnumerable<MetadataReference>? against = null)
    {
        var folder = Directory.CreateDirectory(Path.Combine(plugins, name)).FullName;
        var manifest = Manifest();
        change?.Invoke(manifest);
        File.WriteAllText(Path.Combine(folder, "plugin.json"), manifest.ToJsonString());
        Emit(source, "Acme.Fax", Path.Combine(folder, "Acme.Fax.dll"), against ?? [Abstractions]);
        return folder;
    }

    /// <summary>The contract as it might have been once: with one more type.</summary>
    public static MetadataReference OtherAbstractions(string folder)
    {
        var path = Path.Combine(folder, "Playbook.Abstractions.dll");
        var members = string.Concat(Directory.EnumerateFiles(Path.Combine(Source, "src/Playbook.Abstractions"), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .Select(file => File.ReadAllText(file).Replace("namespace Playbook.Abstractions;", "namespace Playbook.Abstractions {", StringComparison.Ordinal) + "}\n"));
        Emit(members + "namespace Playbook.Abstractions { public static class Gone { public static string Word => \"gone\"; } }", "Playbook.Abstractions", path, []);
        return MetadataReference.CreateFromFile(path);
    }

    private static string Source { get; } = Root(AppContext.BaseDirectory);

    private static string Root(string folder) => File.Exists(Path.Combine(folder, "Playbook.sln")) ? folder : Root(Path.GetDirectoryName(folder)!);

    private static void Emit(string source, string name, string path, IEnumerable<MetadataReference> against)
    {
        var compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(Usings + source)],
            [.. Framework, .. against],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        using var file = File.Create(path);
        var result = compilation.Emit(file);
        Assert.True(result.Success, string.Join("\n", result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Take(5)));
    }
}
