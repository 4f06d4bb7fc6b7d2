namespace Playbook.Server.Demo;

/// <summary>What people of the company's world write and say.</summary>
internal static class DemoWords
{
    private static readonly Dictionary<string, string[]> ByField = new(StringComparer.Ordinal)
    {
        ["pain"] = ["Too many no-shows in the clinics", "Quotes take a week to go out", "Nobody follows up after the first call", "Half of the leads are forgotten", "The calendar is empty every other week"],
        ["impact"] = ["About 40,000 kr a month", "Two people's time each week", "Every fifth deal goes elsewhere", "We stopped hiring because of it"],
        ["current_solution"] = ["Spreadsheets", "Text messages by hand", "An old CRM that nobody opens", "A list on the wall"],
        ["personal_line"] = ["You opened a second location in spring", "I read your piece about waiting lists", "Your colleague spoke at the trade fair", "You are looking for two new people in operations"],
        ["consent_wording"] = ["Yes, just send me an e-mail about it", "You may write to me", "Fine, send it over by e-mail", "Ja, send bare en mail"],
        ["stop_wording"] = ["Please do not call me again", "Stop calling"],
        ["expected_objection"] = ["They have a supplier", "The budget is decided in autumn", "They tried something like it before"],
        ["meeting_goal"] = ["Agree on the cost of no-shows, and who decides", "Show the pilot and agree on a start", "Get the second decision maker to the table"],
        ["offer"] = ["Pilot in two clinics, then the rest in autumn", "Full programme for the sales team of eight", "Twelve months with quarterly review", "Start package with onboarding in person"],
        ["upsell_offer"] = ["Two more locations on the same terms", "The follow-up desk as a service"],
        ["first_win"] = ["Ten fewer no-shows in the first month", "Every lead called within an hour"],
        ["goals"] = ["No-show rate under 4 % by summer", "Twenty appointments a week", "Quotes out in one day"],
        ["success_measure"] = ["No-show rate per week", "Appointments per rep and week"],
        ["result_so_far"] = ["No-shows down from 11 to 5 %", "Appointments up by a third", "Quotes go out in two days"],
        ["objection"] = ["It is too expensive", "We have a supplier already", "Not before the new year"],
        ["no_reason"] = ["They stay with their supplier", "No budget this year", "It is not a problem for them"],
        ["lesson"] = ["Ask for the second decision maker earlier", "Name the price before the proposal", "Check the budget cycle in discovery"],
        ["park_reason"] = ["Call again after the summer", "The budget comes in autumn", "A new manager begins in two months"],
        ["cancel_reason"] = ["Illness", "Another meeting was more urgent"],
        ["return_answer"] = ["Called them again and filled the gap", "The impact is written down now"],
        ["reason"] = ["The impact is not named", "They do not decide on this", "No phone number that works"],
        ["review_note"] = ["Worth another round with a shorter offer", "Let it rest until spring", "Nobody has the time for it now"],
        ["risk"] = ["The person who wanted it has left", "They see no result yet"],
        ["save_action"] = ["A visit by the account manager and two free months", "A new plan with smaller steps"],
        ["change_wishes"] = ["Start in one location only", "Fewer meetings in the first month"],
        ["constraints"] = ["Not in the holiday weeks", "Only one afternoon a week"],
        ["plan_summary"] = ["Kick-off, two workshops, weekly review for eight weeks", "One location first, then the others by two a month"],
        ["wish"] = ["The same for the second location", "A course for the new people"],
        ["competitor"] = ["the supplier they have", "an agency in town"],
    };

    public static readonly string[] Replies =
        ["Yes, call me before lunch.", "Interesting. What does it cost?", "Can you come by in week 14?", "Tak for din mail. Ring gerne i morgen formiddag.", "We have talked about this for a while. When can you show it?", "Not now, but write again after the summer."];

    public static string Of(string field, Chance chance, params ReadOnlySpan<string> question) =>
        ByField.TryGetValue(field, out var words) ? chance.Pick(words, [field, .. question])
        : field.EndsWith("_by", StringComparison.Ordinal) || field is "signer" or "delivery_contact" or "referral_name" ? $"{chance.Pick(DemoNames.FirstNames, [field, .. question])} {chance.Pick(DemoNames.LastNames, [field, "last", .. question])}"
        : "As agreed on the phone";
}
