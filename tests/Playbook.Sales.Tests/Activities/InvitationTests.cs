using Playbook.Abstractions;
using Playbook.Sales.Activities;
using static Playbook.Sales.Tests.Activities.FakeContext;

namespace Playbook.Sales.Tests.Activities;

public sealed class InvitationTests
{
    private static FakeContext Booking()
    {
        var context = new FakeContext(new BookAppointment()) { Inputs = Object(("Role", "prospector"), ("Within", "2.00:00:00"), ("Minutes", 45)), Subject = About("c1", ("name", "Ada")) };
        context.Execute();
        return context;
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("booked")]
    public void A_contact_who_books_by_themselves_books(string answer)
    {
        var booked = Booking().Resume(new Stimulus.ContactAnswered(answer, Object(("start", "2026-03-10T10:00:00Z"))));

        Assert.Equal(("Booked", (object?)new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), "the contact"), (booked.Outcome(), booked.Output("Start"), booked.Output("By")));
        Assert.Equal("AppointmentBooked", booked.Effect<Effect.RecordFact>().Name);
    }

    [Theory]
    [InlineData("DTSTART;TZID=Europe/Copenhagen:20260310T110000")]
    [InlineData("DTSTART;VALUE=DATE-TIME;TZID=\"Europe/Copenhagen\":20260310T110000")]
    [InlineData("DTSTART:20260310T100000Z")]
    [InlineData("20260310T100000Z")]
    [InlineData("2026-03-10T11:00:00+01:00")]
    public void A_time_is_read_as_calendars_write_it(string start)
    {
        var booked = Booking().Resume(new Stimulus.ContactAnswered("booked", Object(("start", start))));

        Assert.Equal(new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), booked.Output("Start"));
    }

    [Theory]
    [InlineData("DTSTART;TZID=Somewhere Standard Time:20260310T110000")]
    [InlineData("DTSTART:20261310T110000Z")]
    [InlineData("soon")]
    public void A_time_that_cannot_be_known_books_nothing(string start) =>
        Assert.Equal([Bookmark.Invitation()], Booking().Resume(new Stimulus.ContactAnswered("booked", Object(("start", start)))).Bookmarks());

    [Fact]
    public void A_contact_who_declines_declines() =>
        Assert.Equal("Declined", Booking().Resume(new Stimulus.ContactAnswered("declined", Object())).Outcome());

    [Fact]
    public void Another_time_goes_to_the_rep_with_the_times_as_planned()
    {
        var asked = Assert.IsType<ActivityResult.Waiting>(Booking().Resume(new Stimulus.ContactAnswered("proposed", Object(("start", "2026-03-10T10:00:00Z")))));
        var task = asked.Effect<Effect.OpenTask>();

        Assert.True(asked.Instead);
        Assert.Equal([Bookmark.Task(), Bookmark.Invitation(), Bookmark.Until(Monday.AddDays(2), "expire")], asked.Bookmarks);
        Assert.Equal(("Book an appointment with Ada: another time is proposed", Monday.AddDays(2)), (task.Title, task.DueAt));
        Assert.Equal(new DateTimeOffset(2026, 3, 10, 10, 0, 0, TimeSpan.Zero), task.Details["proposed"]);
    }

    [Theory]
    [InlineData("accepted")]
    [InlineData("rang")]
    public void An_answer_that_says_nothing_of_a_time_changes_nothing(string answer) =>
        Assert.Equal([Bookmark.Invitation()], Booking().Resume(new Stimulus.ContactAnswered(answer, Object())).Bookmarks());
}
