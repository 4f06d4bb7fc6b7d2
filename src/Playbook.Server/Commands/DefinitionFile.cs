using Playbook.Engine.Definitions;

namespace Playbook.Server.Commands;

/// <summary>Reads a definition's file, and of a file that is too large no more than tells so.</summary>
internal static class DefinitionFile
{
    /// <summary>The file's bytes, at most one more than a definition may have. Throws <see cref="IOException"/> with a person's words.</summary>
    public static byte[] Read(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new IOException($"{path} is a folder. Name the definition's file, such as {Path.Combine(path, "playbook.json")}.");
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[WorkflowDocument.MaxBytes + 1];
            // A pipe or a device has no length, so only what is read counts.
            var read = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            return bytes.AsSpan(0, read).ToArray();
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new IOException($"There is no file {path}. Check the path.", e);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new IOException($"{path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads and understands it; the diagnostic says why where that fails.</summary>
    public static WorkflowDocument? Open(string path, out Diagnostic? problem)
    {
        var bytes = Read(path);
        if (bytes.Length > WorkflowDocument.MaxBytes)
        {
            problem = new(DiagnosticCodes.TooLarge, Severity.Error, "$", null,
                $"The definition is larger than the {WorkflowDocument.MaxBytes / 1048576} MB that are read at most{Size(path)}. Split it into several playbooks.");
            return null;
        }

        return WorkflowDocument.Read(bytes, out problem);
    }

    private static string Size(string path) =>
        new FileInfo(path) is { Exists: true, Length: > 0 } file ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $": it has {file.Length / 1048576.0:0.0} MB") : "";
}
