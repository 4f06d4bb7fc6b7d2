namespace Playbook.Sales.Statistics;

/// <summary>
/// Whether two rates differ, safe to look at after every answer: the chance that <see cref="Evidence"/> ever reaches 20 where
/// there is no difference is at most 1 in 20, however often one looks and whenever one stops. An e-process for two streams of
/// yes and no: each pair of one answer of either arm is a bet on the rates guessed from the pairs before it. Turner, Ly and
/// Grünwald, "Generic E-variables for exact sequential k-sample tests", JSPI 230 (2024).
/// </summary>
public sealed class AnytimeTest
{
    // The guess before anything is known; small, so that the first answers count.
    private const double Prior = 0.18;

    private readonly Queue<bool> _first = new();
    private readonly Queue<bool> _second = new();
    private double _logEvidence;
    private double _logBest;
    private long _pairs;
    private long _firstSuccesses;
    private long _secondSuccesses;

    /// <summary>How strongly the answers so far speak against equal rates; 1 is not at all, 20 and more is what 5 % asks for.</summary>
    public double Evidence => Math.Exp(_logEvidence);

    /// <summary>Never rises: the smallest p-value that was ever reached, valid at every moment.</summary>
    public double PValue => Math.Min(1, Math.Exp(-_logBest));

    /// <summary>How many answers are paired so far; those of the arm that is ahead wait for the other.</summary>
    public long Pairs => _pairs;

    /// <summary>Takes the next answer, in the order in which the subjects were assigned.</summary>
    public void Add(bool isSecondArm, bool success)
    {
        (isSecondArm ? _second : _first).Enqueue(success);
        while (_first.Count > 0 && _second.Count > 0)
            Bet(_first.Dequeue(), _second.Dequeue());
    }

    /// <summary>Whether a difference is shown at <paramref name="alpha"/>, such as 0.05.</summary>
    public bool IsDecided(double alpha = 0.05) => PValue <= alpha;

    private void Bet(bool first, bool second)
    {
        var guessOfFirst = (_firstSuccesses + Prior) / (_pairs + 2 * Prior);
        var guessOfSecond = (_secondSuccesses + Prior) / (_pairs + 2 * Prior);
        var guessIfEqual = (guessOfFirst + guessOfSecond) / 2;
        _logEvidence += LogChance(guessOfFirst, first) + LogChance(guessOfSecond, second) - LogChance(guessIfEqual, first) - LogChance(guessIfEqual, second);
        _logBest = Math.Max(_logBest, _logEvidence);
        _pairs++;
        _firstSuccesses += first ? 1 : 0;
        _secondSuccesses += second ? 1 : 0;
    }

    private static double LogChance(double rate, bool success) => Math.Log(success ? rate : 1 - rate);
}
