namespace Playbook.House.Code;

public sealed class PurityTests
{
    private static readonly string[] ForbiddenBeginnings =
    [
        "System.IO.File", "System.IO.Directory", "System.IO.DriveInfo", "System.IO.RandomAccess", "System.IO.Pipes.", "System.IO.IsolatedStorage.",
        "System.Net.Http.", "System.Net.Sockets.", "System.Net.Dns", "System.Net.Mail.", "System.Net.WebRequest", "System.Net.WebClient",
        "System.Data.", "Microsoft.Data.", "Microsoft.EntityFrameworkCore.", "Microsoft.AspNetCore.", "System.Diagnostics.Process", "System.Console",
    ];

    // Exceptions carry no I/O: a codec may well complain of the file that it was given the bytes of.
    private static readonly HashSet<string> Harmless = ["System.IO.FileNotFoundException", "System.IO.FileLoadException", "System.IO.DirectoryNotFoundException"];

    private static readonly Dictionary<string, string> FromOutside = new()
    {
        ["System.Environment.GetEnvironmentVariable"] = "hand the setting in.",
        ["System.Environment.get_MachineName"] = "hand the name in.",
        ["System.Random.get_Shared"] = "hash what is stable, or hand in a seed.",
        ["System.TimeProvider.get_System"] = "take a TimeProvider or a time from the caller; Program.cs chooses the clock.",
        ["System.TimeZoneInfo.get_Local"] = "hand the zone in.",
        ["System.Globalization.CultureInfo.get_CurrentCulture"] = "hand the culture in, or use the invariant one.",
    };

    private static readonly HashSet<string> Clocks =
    [
        "System.DateTime.get_Now", "System.DateTime.get_UtcNow", "System.DateTime.get_Today",
        "System.DateTimeOffset.get_Now", "System.DateTimeOffset.get_UtcNow",
        "System.Environment.get_TickCount", "System.Environment.get_TickCount64",
        "System.Threading.Thread.Sleep", "System.Guid.NewGuid", "NodaTime.SystemClock.get_Instance",
    ];

    [Fact]
    public void Abstractions_Engine_and_Sales_do_no_input_or_output() =>
        Rule.Holds(CheckPurity(CompiledUses.Of("Playbook.Abstractions", "Playbook.Engine", "Playbook.Sales")));

    [Theory]
    [InlineData("System.Runtime", "System.IO.File", "ReadAllText")]
    [InlineData("System.Runtime", "System.IO.FileStream", null)]
    [InlineData("System.Net.Http", "System.Net.Http.HttpClient", ".ctor")]
    [InlineData("System.Net.Http", "System.Net.Http.HttpClient", null)]
    [InlineData("Microsoft.Data.Sqlite", "Microsoft.Data.Sqlite.SqliteConnection", "Open")]
    [InlineData("System.Console", "System.Console", "WriteLine")]
    [InlineData("System.Runtime", "System.TimeProvider", "get_System")]
    public void Input_or_output_in_the_engine_is_found(string of, string type, string? member) => Rule.GoesRed(
        CheckPurity([new("Playbook.Engine", of, type, member), new("Playbook.Engine", "System.Runtime", "System.IO.MemoryStream", ".ctor")]),
        "Playbook.Engine",
        type);

    [Fact]
    public void Time_comes_from_a_TimeProvider_everywhere() => Rule.Holds(CheckTime(CompiledUses.Of(CompiledUses.Source)));

    [Theory]
    [InlineData("System.DateTimeOffset", "get_UtcNow", 0)]
    [InlineData("System.Threading.Thread", "Sleep", 1)]
    [InlineData("System.Guid", "NewGuid", 0)]
    [InlineData("System.Guid", "CreateVersion7", 0)]
    public void A_clock_of_ones_own_is_found(string type, string member, int parameters) => Rule.GoesRed(
        CheckTime([new("playbook", "System.Runtime", type, member, parameters), new("playbook", "System.Runtime", "System.Guid", "CreateVersion7", 1)]),
        "playbook",
        $"{type}.{member}");

    [Fact]
    public void Every_banned_symbol_names_its_cure() =>
        Rule.Holds(CheckBans(Repository.Files.Single(file => file.Path == "src/BannedSymbols.txt")));

    [Fact]
    public void A_ban_without_a_cure_is_found() =>
        Rule.GoesRed(CheckBans(new("src/BannedSymbols.txt", "P:System.DateTime.Now;Take a TimeProvider.\nM:System.Guid.NewGuid\n")), "src/BannedSymbols.txt", "line 2");

    [Fact]
    public void Compiled_code_is_understood() // a reader that sees nothing would find no breach either
    {
        var uses = CompiledUses.Read("this", typeof(PurityTests).Assembly.Location);

        Assert.Contains(uses, use => use is { Type: "System.IO.File", Member: "ReadAllText", Parameters: 1 });
        Assert.NotEmpty(CheckPurity(uses));
    }

    private static IEnumerable<Finding> CheckPurity(IEnumerable<CompiledUse> uses)
    {
        foreach (var use in uses)
        {
            if (ForbiddenBeginnings.Any(name => use.Type.StartsWith(name, StringComparison.Ordinal)) && !Harmless.Contains(use.Type) && !IsHandedIn(use))
                yield return new Finding(use.Assembly, $"it uses {use}, and it may do no input or output.", "return an effect, or take the text or stream from the caller in Storage or Server.");
            else if (use.Member is not null && FromOutside.TryGetValue($"{use.Type}.{use.Member}", out var cure))
                yield return new Finding(use.Assembly, $"it uses {use}, so the same input may give another output.", cure);
        }
    }

    // What a plugin compiles against names the client that the host hands in and what goes through it; it neither makes nor calls them.
    private static bool IsHandedIn(CompiledUse use) =>
        use is { Assembly: "Playbook.Abstractions", Type: "System.Net.Http.HttpClient" or "System.Net.Http.HttpRequestMessage" or "System.Net.Http.HttpResponseMessage", Member: null };

    private static IEnumerable<Finding> CheckTime(IEnumerable<CompiledUse> uses) =>
        from use in uses
        where use.Member is not null
        where Clocks.Contains($"{use.Type}.{use.Member}") || use is { Type: "System.Guid", Member: "CreateVersion7", Parameters: 0 }
        select new Finding(use.Assembly, $"it uses {use}, which a trial clock cannot move.", "see src/BannedSymbols.txt for what to use.");

    private static IEnumerable<Finding> CheckBans(RepositoryFile file) =>
        from line in file.Text.Split('\n').Index()
        where line.Item.Length > 0 && line.Item.Split(';', 2) is not [_, { Length: > 0 }]
        select new Finding(file.Path, $"line {line.Index + 1} bans without saying what to use.", "add the cure after a semicolon.");
}
