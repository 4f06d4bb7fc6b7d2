using System.Net.Sockets;
using Microsoft.EntityFrameworkCore;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Connections;
using Playbook.Engine.Runs;
using Playbook.Server.Access;
using Playbook.Server.Api;
using Playbook.Server.Commands;
using Playbook.Server.Definitions;
using Playbook.Server.ElsaApi;
using Playbook.Server.Pages;
using Playbook.Server.Pages.Shell;
using Playbook.Server.Plugins;
using Playbook.Server.Plugins.Webhooks;
using Playbook.Server.Studio;
using Playbook.Storage;
using Playbook.Storage.Definitions;
using Playbook.Storage.Runs;
using Serilog;
using Serilog.Events;

namespace Playbook.Server.Host;

/// <summary>A server under way: it owns the database from <see cref="Start"/> until it is disposed.</summary>
public sealed class PlaybookServer : IAsyncDisposable
{
    private readonly StoreLock _owned;
    private readonly LocalKey _key;
    private readonly RunStore _store;
    private readonly WebApplication _app;

    private PlaybookServer(StoreLock owned, LocalKey key, RunStore store, WebApplication app)
    {
        _owned = owned;
        _key = key;
        _store = store;
        _app = app;
    }

    /// <summary>Where it listens, with the port that it got.</summary>
    public string Url => Addresses.First();

    /// <summary>Where this machine's own programs reach it: they need no certificate to trust.</summary>
    public string LocalUrl => Addresses.Last();

    private ICollection<string> Addresses => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;

    public IServiceProvider Services => _app.Services;

    /// <summary>What the first owner needs who does not sit at this machine; null where there is an owner.</summary>
    public string? SetupCode => _app.Services.GetRequiredService<FirstRun>() is { IsNeeded: true } first ? first.Code : null;

    /// <summary>What became of the playbooks folder.</summary>
    public IReadOnlyList<FolderResult> Playbooks { get; private set; } = [];

    /// <summary>Throws <see cref="HostException"/>, with nothing left open, where it cannot start.</summary>
    /// <param name="options">How it is to run.</param>
    /// <param name="clock">The clock; null for the one that the options ask for.</param>
    /// <param name="around">Puts another store around the real one, as trials of crashes do; null for none.</param>
    /// <param name="cancellationToken">Gives the start up.</param>
    public static async Task<PlaybookServer> Start(
        ServeOptions options, TimeProvider? clock = null, Func<IRunStore, IRunStore>? around = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var url = ListenUrl.Parse(options);
        if (options.Playbooks is { } folder && !Directory.Exists(folder))
            throw new HostException(ExitCodes.InvalidInput, $"There is no folder {folder}. Name the folder of playbooks with --playbooks.");
        var owned = Own(options.DatabasePath);
        LocalKey? key = null;
        RunStore? store = null;
        WebApplication? app = null;
        var isStarting = false;
        try
        {
            var time = clock ?? (options.Clock == ClockKind.Manual ? ManualClock.Open(options.DatabasePath, TimeProvider.System.GetUtcNow()) : TimeProvider.System);
            await DatabaseFile.Prepare(Composition.Databases(options.DatabasePath), options.DatabasePath, cancellationToken);
            key = LocalKey.Create(options.DatabasePath);
            store = RunStore.Open(owned, new RunStoreOptions { Clock = time });
            app = Build(options, url, key, store, around?.Invoke(store) ?? store, time);
            var server = new PlaybookServer(owned, key, store, app);
            await app.Services.GetRequiredService<MemberBook>().Load(cancellationToken);
            // Before the playbooks: what channels do are steps that these are drawn with.
            await app.Services.GetRequiredService<PluginHost>().Start(cancellationToken);
            server.Playbooks = await app.Services.GetRequiredService<PlaybookFolders>().Import(cancellationToken);
            _ = app.Services.GetServices<IHostedService>();
            isStarting = true;
            await app.StartAsync(cancellationToken);
            owned.Announce(server.LocalUrl);
            return server;
        }
        catch (Exception fault)
        {
            if (app is not null)
            {
                // A host without its services cannot be stopped: it throws, and the real fault would be lost.
                if (isStarting)
                    await app.StopAsync(CancellationToken.None);
                await app.DisposeAsync();
            }

            if (store is not null)
                await store.DisposeAsync();
            key?.Dispose();
            owned.Dispose();
            if (Explain(fault, options, url) is { } explained)
                throw explained;
            throw;
        }
    }

    /// <summary>Returns when somebody asks the program to stop.</summary>
    public Task WaitForStop(CancellationToken cancellationToken) => _app.WaitForShutdownAsync(cancellationToken);

    /// <summary>Finishes what is under way, writes what is waiting and gives the database up.</summary>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _key.Dispose();
        _owned.Dispose();
    }

    private static StoreLock Own(string path)
    {
        try
        {
            return StoreLock.Acquire(path);
        }
        catch (StoreException fault)
        {
            throw new HostException(StoreLock.ReadOwner(path) is null ? ExitCodes.Storage : ExitCodes.Busy, fault.Message, fault);
        }
    }

    private static WebApplication Build(ServeOptions options, Uri url, LocalKey key, RunStore store, IRunStore runs, TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = Environments.Production,
            // The pages' files are found by the name of the program and beside it, whoever hosts it and from wherever.
            ApplicationName = "playbook",
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseStaticWebAssets();
        var urls = new List<string> { url.ToString().TrimEnd('/') };
        if (url.Scheme != Uri.UriSchemeHttp || !ListenUrl.IsLoopback(url))
            urls.Add($"http://{ListenUrl.Loopback}:0");
        builder.WebHost.UseUrls([.. urls]);
        if (ListenUrl.Certificate(options) is { } certificate)
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureHttpsDefaults(https => https.ServerCertificate = certificate));
        builder.Services.AddSerilog(log => log
            .MinimumLevel.Is(options.IsQuiet ? LogEventLevel.Error : LogEventLevel.Warning)
            .MinimumLevel.Override("Polly", LogEventLevel.Error)
            // The keys lie beside the database, which is as readable as they are.
            .MinimumLevel.Override("Microsoft.AspNetCore.DataProtection", LogEventLevel.Error)
            // Whoever starts the server tells why it did not start.
            .MinimumLevel.Override("Microsoft.Extensions.Hosting.Internal.Host", LogEventLevel.Fatal)
            .WriteTo.Console(standardErrorFromLevel: LogEventLevel.Verbose, formatProvider: System.Globalization.CultureInfo.InvariantCulture));
        builder.Services.AddPlaybook(options, store, runs, clock);
        builder.Services.AddAccess(options, key);
        builder.Services.AddPlaybookApi();
        builder.Services.AddElsaApi();
        builder.Services.AddStudio();
        builder.AddPageFiles();
        builder.Services.AddPages(options);
        var app = builder.Build();
        app.UseProxies(options);
        app.Use(SecureHeaders.Set);
        app.UseLanguages();
        app.MapPlaybookApi();
        app.UseAccess();
        app.MapAccess();
        WebhookApi.Map(app);
        app.MapElsaApi();
        app.MapStudio();
        app.MapPages();
        return app;
    }

    private static HostException? Explain(Exception fault, ServeOptions options, Uri url) => fault switch
    {
        HostException => null,
        StoreException => new HostException(ExitCodes.Storage, fault.Message, fault),
        IOException { InnerException: AddressInUseException } => new HostException(ExitCodes.Busy, $"Port {url.Port} is in use by another program. Stop that program, or serve on another port with --url http://{ListenUrl.Loopback}:{url.Port + 1}.", fault),
        IOException { InnerException: SocketException socket } => new HostException(ExitCodes.Failure, $"It is not possible to listen on {url}: {socket.Message}. Choose another port with --url.", fault),
        SocketException => new HostException(ExitCodes.Failure, $"It is not possible to listen on {url}: {fault.Message}. Choose another port with --url.", fault),
        DbUpdateException => new HostException(ExitCodes.Storage, $"The database {options.DatabasePath} could not be written: {fault.InnerException?.Message ?? fault.Message}", fault),
        UnauthorizedAccessException => new HostException(ExitCodes.Storage, $"{fault.Message} Give the account that runs Playbook the right to write there.", fault),
        _ => null,
    };
}
