using Playbook.Server.Plugins;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

public sealed class ManifestTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("playbook-manifest-").FullName;

    [Fact]
    public void A_whole_plugin_json_is_read()
    {
        var manifest = Read("""{ "id": "my-fax", "version": "2.0", "contractVersion": 1, "assembly": "Acme.Fax.dll", "class": "Acme.FaxPlugin", "hosts": ["api.example.com", "*.example.org"], "secrets": ["key"] }""");

        Assert.Equal(("my-fax", "2.0", 1, "Acme.Fax.dll", "Acme.FaxPlugin"), (manifest.Id, manifest.Version, manifest.ContractVersion, manifest.Assembly, manifest.Class));
        Assert.Equal(["api.example.com", "*.example.org"], manifest.Hosts);
        Assert.Equal(["key"], manifest.Secrets);
    }

    [Theory]
    [InlineData("{", "line 1")]
    [InlineData("[]", "no JSON object")]
    [InlineData("""{ "id": "fax", "version": "1", "assembly": "Acme.Fax.dll", "class": "A" }""", "contractVersion")]
    [InlineData("""{ "id": "fax", "version": "1", "contractVersion": "1", "assembly": "Acme.Fax.dll", "class": "A" }""", "contractVersion")]
    [InlineData("""{ "id": "", "version": "1", "contractVersion": 1, "assembly": "Acme.Fax.dll", "class": "A" }""", "no text 'id'")]
    [InlineData("""{ "id": "My Fax", "version": "1", "contractVersion": 1, "assembly": "Acme.Fax.dll", "class": "A" }""", "a-z")]
    [InlineData("""{ "id": "fax", "version": "1", "contractVersion": 1, "assembly": "../Acme.Fax.dll", "class": "A" }""", "without folders")]
    [InlineData("""{ "id": "fax", "version": "1", "contractVersion": 1, "assembly": "Other.dll", "class": "A" }""", "is not in")]
    [InlineData("""{ "id": "fax", "version": "1", "contractVersion": 1, "assembly": "Acme.Fax.dll", "class": "A", "hosts": "x" }""", "list of texts")]
    [InlineData("""{ "id": "fax", "version": "1", "contract_version": 1, "assembly": "Acme.Fax.dll", "class": "A" }""", "Did you mean 'contractVersion'?")]
    public void What_is_wrong_with_it_is_said_with_the_cure(string json, string words)
    {
        var fault = Assert.Throws<PluginException>(() => Read(json));

        Assert.Equal(PluginStatus.Malfunctioned, fault.Status);
        Assert.Contains(words, fault.Message, StringComparison.Ordinal);
        Assert.NotEmpty(fault.Cure);
    }

    [Theory]
    [InlineData(0, "newer version of the plugin")]
    [InlineData(2, "newer version of Playbook")]
    public void Another_contract_version_is_incompatible_whatever_else_is_there(int version, string cure)
    {
        var fault = Assert.Throws<PluginException>(() => Read($$"""{ "id": "fax", "version": "1", "contractVersion": {{version}}, "assembly": "Missing.dll", "class": "A" }"""));

        Assert.Equal(PluginStatus.Incompatible, fault.Status);
        Assert.Contains(cure, fault.Cure, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_one_says_so() => Assert.Contains("plugin.json", Assert.Throws<PluginException>(() => PluginManifest.Read(_folder)).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private PluginManifest Read(string json)
    {
        File.WriteAllText(Path.Combine(_folder, "plugin.json"), json);
        File.WriteAllText(Path.Combine(_folder, "Acme.Fax.dll"), "");
        return PluginManifest.Read(_folder);
    }
}
