using System.Buffers;
using System.Text.Json.Nodes;
using Playbook.Engine.Definitions;

namespace Playbook.Server.ElsaApi.Definitions.Documents;

/// <summary>Reads documents that come in, at most as much of them as a definition may have.</summary>
internal static class Bodies
{
    // Around the document stands the request; and links, which are not stored, may come back with it.
    private const int Most = WorkflowDocument.MaxBytes + (64 * 1024);

    /// <exception cref="DocumentException">It is no JSON object.</exception>
    public static async Task<JsonObject> Read(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentType is not null && !request.HasJsonContentType())
            throw new BadHttpRequestException($"The body is {request.ContentType}; send JSON, with the header Content-Type: application/json.", StatusCodes.Status415UnsupportedMediaType);
        return Parse(await ReadBytes(request.Body, cancellationToken));
    }

    public static JsonObject Parse(ReadOnlySpan<byte> utf8) =>
        WorkflowDocument.Read(utf8, out var problem)?.Json ?? throw new DocumentException(problem!.Message);

    public static async Task<byte[]> ReadBytes(Stream stream, CancellationToken cancellationToken)
    {
        using var all = new MemoryStream();
        var buffer = ArrayPool<byte>.Shared.Rent(64 * 1024);
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellationToken)) > 0;)
            {
                if (all.Length + read > Most)
                    throw new BadHttpRequestException($"The definition is larger than {WorkflowDocument.MaxBytes / 1048576} MB. Split it into several playbooks.", StatusCodes.Status413PayloadTooLarge);
                all.Write(buffer, 0, read);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return all.ToArray();
    }
}
