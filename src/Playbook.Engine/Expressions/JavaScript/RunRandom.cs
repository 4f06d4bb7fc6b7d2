using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Playbook.Engine.Expressions;

/// <summary>
/// Random values that a replay draws again: a hash of the run's id, the time of the turn and the number of the draw
/// (<see cref="RunIdentity.Draws"/>). Not for secrets: whoever knows the run's id can compute them.
/// </summary>
internal static class RunRandom
{
    public static double NextDouble(IExpressionScope scope) =>
        (BinaryPrimitives.ReadUInt64LittleEndian(Draw(scope)) >> 11) * (1.0 / (1UL << 53));

    public static Guid NextGuid(IExpressionScope scope)
    {
        var bytes = Draw(scope).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }

    public static string NextShortGuid(IExpressionScope scope) =>
        Convert.ToBase64String(NextGuid(scope).ToByteArray())
            .Replace("/", "", StringComparison.Ordinal)
            .Replace("+", "", StringComparison.Ordinal)
            .Replace("=", "", StringComparison.Ordinal);

    private static byte[] Draw(IExpressionScope scope)
    {
        var draw = scope.Run.Draws++;
        return SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{scope.Run.InstanceId}|{scope.Now.UtcTicks}|{draw}")));
    }
}
