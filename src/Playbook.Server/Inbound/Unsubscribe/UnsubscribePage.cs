using System.Net;

namespace Playbook.Server.Inbound.Unsubscribe;

/// <summary>The pages behind a link in a message: plain HTML without a script, which every browser and screen reader can read.</summary>
internal static class UnsubscribePage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#2b2622;--page:#f7f4ee;--card:#fffdf9;--line:#6f675f;--blue:#235fa9}
        @media (prefers-color-scheme:dark){:root{--ink:#f1ece4;--page:#1d1a17;--card:#272320;--line:#a89f95;--blue:#8db8ee}}
        body{margin:0;background:var(--page);color:var(--ink);font:1.0625rem/1.5 system-ui,sans-serif}
        main{max-width:34rem;margin:3rem auto;padding:1.5rem 2rem;background:var(--card);border:1px solid var(--line);border-radius:.5rem}
        h1{font-size:1.5rem;margin:.25rem 0 1rem}
        fieldset{border:1px solid var(--line);border-radius:.5rem;margin:1.5rem 0;padding:.5rem 1rem}
        label{display:flex;gap:.75rem;align-items:center;min-height:2.75rem}
        input{width:1.25rem;height:1.25rem;flex:none}
        button{font:inherit;font-weight:600;min-height:2.75rem;padding:.5rem 1.5rem;border:2px solid var(--blue);border-radius:.375rem;background:var(--card);color:var(--blue);cursor:pointer}
        :focus-visible{outline:3px solid var(--blue);outline-offset:2px}
        """;

    public static string Confirm(UnsubscribeWords words, string token, string? address, string channel) => Document(words, words.Title, $"""
        <p>{Text(words.Question(address))}</p>
        <form method="post" action="{UnsubscribeLinks.Path}{Text(token)}">
        <fieldset>
        <legend>{Text(words.Legend)}</legend>
        <label><input type="radio" name="choice" value="all" checked> {Text(words.Everything)}</label>
        <label><input type="radio" name="choice" value="channel"> {Text(words.OnlyChannel(channel))}</label>
        </fieldset>
        <button type="submit">{Text(words.Button)}</button>
        </form>
        """);

    /// <param name="channel">The channel that alone has ended; null for everything.</param>
    public static string Done(UnsubscribeWords words, string? address, string? channel) =>
        Document(words, words.DoneTitle, $"<p role=\"status\">{Text(channel is null ? words.Done(address) : words.DoneChannel(address, channel))}</p>");

    public static string Unknown(UnsubscribeWords words) => Document(words, words.UnknownTitle, $"<p>{Text(words.Unknown)}</p>");

    /// <summary>Enough of an address for its owner to know it by, and too little for anybody else.</summary>
    public static string? Masked(string? address)
    {
        if (string.IsNullOrWhiteSpace(address))
            return null;
        var at = address.LastIndexOf('@');
        if (at <= 0)
            return address.Length < 5 ? "••••" : $"••••{address[^2..]}";
        var dot = address.LastIndexOf('.');
        return $"{address[0]}•••@{(at + 1 < address.Length ? address[at + 1] : '•')}•••{(dot > at ? address[dot..] : "")}";
    }

    private static string Document(UnsubscribeWords words, string title, string content) => $"""
        <!DOCTYPE html>
        <html lang="{words.Language}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="robots" content="noindex">
        <title>{Text(title)}</title>
        <style>{Style}</style>
        </head>
        <body>
        <main>
        <h1>{Text(title)}</h1>
        {content}
        </main>
        </body>
        </html>
        """;

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
