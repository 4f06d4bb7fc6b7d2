namespace Playbook.Server.Api;

/// <summary>The ids of tasks and bookmarks carry the id of their run.</summary>
internal static class BookmarkIds
{
    /// <summary>Null where it is no such id.</summary>
    public static Guid? RunOf(string bookmarkId)
    {
        var end = bookmarkId.LastIndexOf('-');
        return end > 0 && Guid.TryParseExact(bookmarkId[..end], "N", out var runId) ? runId : null;
    }
}
