using System.Net;

namespace Playbook.Letter.Answers;

/// <summary>The pages that a reader of a letter sees, in their language; plain HTML that needs no script.</summary>
internal static class AnswerPage
{
    private const string Style = """
        :root{color-scheme:light dark}*{box-sizing:border-box}
        body{margin:0;background:#F7F4EE;color:#26221C;font:17px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
        main{max-width:34rem;margin:0 auto;padding:2rem 1.25rem 3rem}
        .card{background:#FFFDF9;border:1px solid #E4DFD5;border-radius:10px;padding:1.5rem}
        .from{color:#635B4F;margin:0 0 .75rem;font-size:.95rem}h1{font-size:1.45rem;line-height:1.25;margin:0 0 .75rem}
        label,legend{display:block;font-weight:600;margin:1.1rem 0 .35rem;padding:0}fieldset{border:0;margin:1.1rem 0 0;padding:0}
        input[type=text],input[type=password],textarea{width:100%;font:inherit;color:inherit;background:transparent;border:1px solid #8A8172;border-radius:6px;padding:.6rem .7rem}
        .code{font-variant-numeric:tabular-nums;letter-spacing:.08em;text-transform:uppercase}
        .way{display:flex;gap:.6rem;align-items:center;font-weight:400;margin:0;padding:.65rem 0;min-height:44px}.way input{width:1.25rem;height:1.25rem;flex:none}
        button{font:inherit;font-weight:600;color:#fff;background:#235FA9;border:0;border-radius:6px;padding:.75rem 1.25rem;margin-top:1.25rem;min-height:44px;cursor:pointer}
        :focus-visible{outline:3px solid #235FA9;outline-offset:2px}
        .wrong{border-left:4px solid #B3261E;padding:.35rem .8rem;margin:0 0 1rem}
        @media(prefers-color-scheme:dark){body{background:#1B1A18;color:#EDE8DF}.card{background:#242220;border-color:#3C3833}.from{color:#B5AC9D}button{background:#8DB8EE;color:#0E2743}:focus-visible{outline-color:#8DB8EE}.wrong{border-color:#F2B8B5}}
        """;

    private static readonly Dictionary<string, string> Danish = new(StringComparer.Ordinal)
    {
        ["Answer our letter"] = "Svar på vores brev",
        ["The code in the letter"] = "Koden i brevet",
        ["Your answer"] = "Dit svar",
        ["Yes, please contact me"] = "Ja tak, kontakt mig gerne",
        ["No, thank you"] = "Nej tak",
        ["No, and please send no more"] = "Nej tak, og send ikke mere",
        ["Anything you want to add (how to reach you, a good time)"] = "Har du noget at tilføje? (hvordan vi får fat i dig, hvornår det passer)",
        ["Send"] = "Send",
        ["This is not a code of ours. Look at the letter again: nine letters and digits."] = "Det er ikke en kode fra os. Se på brevet igen: ni bogstaver og tal.",
        ["Please choose an answer, or write a few words."] = "Vælg et svar, eller skriv et par ord.",
        ["Thank you"] = "Tak",
        ["Your answer has reached us."] = "Dit svar er nået frem til os.",
        ["You will get no more from us."] = "Du får ikke mere fra os.",
    };

    public static string Form(string company, bool danish, string code, string? wrong) => Whole(company, danish, "Answer our letter", $"""
        {(wrong is null ? "" : $"<p class=\"wrong\" role=\"alert\">{Say(wrong, danish)}</p>")}
        <form method="post">
        <label for="code">{Say("The code in the letter", danish)}</label>
        <input class="code" type="text" id="code" name="code" value="{Html(code)}" maxlength="20" autocomplete="off" autocapitalize="characters" spellcheck="false" required>
        <fieldset><legend>{Say("Your answer", danish)}</legend>
        <label class="way"><input type="radio" name="answer" value="interested">{Say("Yes, please contact me", danish)}</label>
        <label class="way"><input type="radio" name="answer" value="declined">{Say("No, thank you", danish)}</label>
        <label class="way"><input type="radio" name="answer" value="stop">{Say("No, and please send no more", danish)}</label>
        </fieldset>
        <label for="text">{Say("Anything you want to add (how to reach you, a good time)", danish)}</label>
        <textarea id="text" name="text" rows="4" maxlength="4000"></textarea>
        <button type="submit">{Say("Send", danish)}</button>
        </form>
        """);

    public static string Thanks(string company, bool danish, bool stopped) =>
        Whole(company, danish, "Thank you", $"<p role=\"status\">{Say(stopped ? "You will get no more from us." : "Your answer has reached us.", danish)}</p>");

    public static string Print(string company, string state, string? message) => Whole(company, false, "Print the batch", $"""
        <p>{Html(state)}</p>
        {(message is null ? "" : $"<p class=\"wrong\" role=\"status\">{Html(message)}</p>")}
        <form method="post">
        <label for="key">Key for the print page (from the channel's settings)</label>
        <input type="password" id="key" name="key" autocomplete="off" required>
        <button type="submit">Close the batch now</button>
        </form>
        """);

    public static string Html(string text) => WebUtility.HtmlEncode(text);

    private static string Say(string english, bool danish) => Html(danish ? Danish.GetValueOrDefault(english, english) : english);

    private static string Whole(string company, bool danish, string title, string body) => $"""
        <!doctype html><html lang="{(danish ? "da" : "en")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="robots" content="noindex"><meta name="referrer" content="no-referrer"><title>{Say(title, danish)} · {Html(company)}</title><style>{Style}</style></head>
        <body><main><p class="from">{Html(company)}</p><div class="card"><h1>{Say(title, danish)}</h1>
        {body}</div></main></body></html>
        """;
}
