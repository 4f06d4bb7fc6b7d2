namespace Playbook.House.Code;

public sealed class DirectionTests
{
    private const string Engine = "src/Playbook.Engine/";

    /// <summary>Code below the first folder uses neither files nor types that begin with the second.</summary>
    private static readonly (string From, string Never, string Why)[] Rules =
    [
        (Engine + "Definitions/", Engine + "Runs/", "a definition is the same whether it is run or not"),
        (Engine + "Expressions/", Engine + "Runs/", "an expression sees a scope, whoever gives it"),
        (Engine + "Definitions/", Engine + "Activities/", "a definition knows activities by their descriptions"),
        (Engine + "Activities/", Engine + "Runs/RunEngine", "an activity answers; the engine asks"),
        (Engine + "Activities/", Engine + "Runs/RunHost", "an activity answers; the engine asks"),
        ("src/Playbook.Storage/", Engine + "Runs/RunEngine", "a store keeps what was decided and decides nothing"),
    ];

    [Fact]
    public void Code_looks_in_the_direction_that_the_design_gives() => Rule.Holds(Check(SourceReferences.All));

    [Theory]
    [InlineData("Definitions/Graph.cs", "Runs/RunState.cs")]
    [InlineData("Expressions/Script.cs", "Runs/RunState.cs")]
    [InlineData("Activities/Delay.cs", "Runs/RunEngine.cs")]
    [InlineData("Activities/Flow/Join.cs", "Runs/RunEngine.Turns.cs")]
    public void A_look_in_the_wrong_direction_is_found(string from, string to) =>
        Rule.GoesRed(Check([new(Engine + from, Engine + to, "X"), new(Engine + to, Engine + from, "Y")]), Engine + from, "it uses X");

    [Fact]
    public void Activities_may_know_the_state_of_a_run() =>
        Assert.Empty(Check([new(Engine + "Activities/Delay.cs", Engine + "Runs/RunState.cs", "X")]));

    private static IEnumerable<Finding> Check(IEnumerable<SourceReference> references) =>
        from reference in references
        from rule in Rules
        where reference.From.StartsWith(rule.From, StringComparison.Ordinal) && reference.To.StartsWith(rule.Never, StringComparison.Ordinal)
        select new Finding(reference.From, $"it uses {reference.Type} of {reference.To}, but {rule.Why}.", "hand in what is needed through a type that stands beside it.");
}
