namespace Playbook.Engine.Expressions;

/// <summary>
/// What an expression may use up. Counts come first, because they stop the same script at the same place every time; the
/// time is the backstop for what no count sees.
/// </summary>
internal static class ExpressionLimits
{
    public const int TextLength = 100_000;
    public const int OutputLength = 1_000_000;
    public const int Statements = 1_000_000;
    public const int Recursion = 128;
    public const long MemoryBytes = 64L * 1024 * 1024;
    public const uint ArrayLength = 1_000_000;
    public const int LiquidSteps = 100_000;
    public const int LiquidRecursion = 32;
    public const int Loops = 100_000;
    public const int TemplateRecursion = 32;
    public const int TemplateDepth = 64;
    public const int ResultDepth = 64;
    public const int ResultNodes = 200_000;
    public const int CacheEntries = 4_096;

    public static readonly TimeSpan Time = TimeSpan.FromSeconds(1);
    public static readonly TimeSpan RegexTime = TimeSpan.FromMilliseconds(200);

    public static void CheckText(string what, string text)
    {
        if (text.Length > TextLength)
        {
            throw new ExpressionException($"The {what} is {text.Length:N0} characters long; {TextLength:N0} are allowed.");
        }
    }
}
