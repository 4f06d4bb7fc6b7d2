using System.Text.Json.Nodes;
using Playbook.Server.Tests.Trial;

namespace Playbook.Server.Tests.Plugins;

/// <summary>A newcomer's machine sends nothing; one that was set up never quietly writes files instead.</summary>
public sealed class EmailFallbackTests
{
    private static readonly string Source = PluginBuild.Fax(description: "new(\"email\", \"E-mail\", \"x\") { AddressFact = \"email\", Settings = new FormField[] { new(\"host\", \"Host\") { Required = true } } }");

    [Fact]
    public async Task Mail_is_written_to_files_until_the_e_mail_plugin_is_set_up()
    {
        await using var trial = await Start();
        await Write(trial);
        Assert.Single(trial.Mails);

        await trial.Post("/api/channels/email/settings", new JsonObject { ["settings"] = new JsonObject { ["host"] = "smtp.example.com" } });
        await Write(trial);

        Assert.Single(trial.Mails);
    }

    [Fact]
    public async Task Once_set_up_a_plugin_that_is_off_or_broken_leaves_no_files()
    {
        await using var trial = await Start();
        await trial.Post("/api/channels/email/settings", new JsonObject { ["settings"] = new JsonObject { ["host"] = "smtp.example.com" } });

        PluginBuild.Write(trial.Plugins, Source.Replace("new Fax(setup)", "throw new InvalidOperationException(\"gone\")", StringComparison.Ordinal), manifest => manifest["id"] = "email");
        await trial.Post("/api/channels/email/reload");
        Assert.Null(trial.Registry().Find("email"));
        Assert.Contains("gone", trial.Registry().WhyNot("email"), StringComparison.Ordinal);

        await trial.Post("/api/channels/email/disable");
        Assert.Null(trial.Registry().Find("email"));
    }

    private static Task<TrialServer> Start() => TrialChannels.Start(plugins => PluginBuild.Write(plugins, Source, manifest => manifest["id"] = "email"));

    private static async Task Write(TrialServer trial)
    {
        var contact = await trial.Contact();
        await trial.Run("mail", contact.Id);
        await trial.Settle();
    }
}
