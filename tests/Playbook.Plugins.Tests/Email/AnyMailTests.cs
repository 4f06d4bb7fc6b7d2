using System.Text;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace Playbook.Tests.Email;

/// <summary>Whatever lies in a mailbox, reading it goes on.</summary>
public sealed class AnyMailTests
{
    [Property(MaxTest = 2000)]
    public void Any_bytes_are_read_without_a_fault(byte[] bytes) => MailCorpus.Read(bytes ?? []);

    [Property(MaxTest = 1500)]
    public Property A_mail_that_was_damaged_anywhere_is_read_without_a_fault() => Prop.ForAll(Damaged().ToArbitrary(), mail =>
    {
        MailCorpus.Read(mail);
        return true;
    });

    [Fact]
    public void Mails_cut_off_anywhere_are_read_without_a_fault()
    {
        foreach (var name in MailCorpus.Names)
        {
            var mail = MailCorpus.Raw(name);
            for (var length = 0; length < mail.Length; length += 13)
                MailCorpus.Read(mail[..length]);
        }
    }

    [Theory]
    [InlineData("From: a@b\r\nContent-Type: text/html\r\n\r\n", "<div class=gmail_quote>", 20_000)]
    [InlineData("From: a@b\r\nContent-Type: text/html\r\n\r\n", "<blockquote>x", 20_000)]
    [InlineData("From: a@b\r\n\r\n", "On Mon, 2 March 2026 Bo wrote ", 5_000)]
    [InlineData("From: a@b\r\nSubject: Automatic reply\r\n\r\n", "back on 12. 12. 12. ", 5_000)]
    [InlineData("From: a@b\r\nSubject: Automatic reply\r\n\r\n", "not not back until ", 5_000)]
    [InlineData("From: mailer-daemon@b\r\nSubject: failure notice\r\n\r\n", "5.1.1.1.1.1.1 <a@b ", 5_000)]
    [InlineData("From: a@b\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", "--x\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n", 5_000)]
    [InlineData("From: a@b\r\nReferences: ", "<a@b> ", 50_000)]
    [InlineData("From: a@b\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n", "BEGIN:VEVENT\r\n", 20_000)]
    public async Task Mails_made_to_cost_time_are_read_soon(string begin, string again, int times)
    {
        var mail = Encoding.ASCII.GetBytes(begin + string.Concat(Enumerable.Repeat(again, times)));

        await Task.Run(() => MailCorpus.Read(mail)).WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
    }

    /// <summary>A mail of the corpus with some bytes changed, taken out, doubled or put in.</summary>
    private static Gen<byte[]> Damaged() =>
        from name in Gen.Elements(MailCorpus.Names.ToArray())
        from many in Gen.Choose(1, 12)
        from blows in Blow().ListOf(many)
        select Damage(MailCorpus.Raw(name), blows);

    private static Gen<(int Place, int Value, int Kind)> Blow() =>
        from place in Gen.Choose(0, 100_000)
        from value in Gen.Choose(0, 255)
        from kind in Gen.Choose(0, 3)
        select (place, value, kind);

    private static byte[] Damage(byte[] mail, IEnumerable<(int Place, int Value, int Kind)> blows)
    {
        var bytes = mail.ToList();
        foreach (var (place, value, kind) in blows)
        {
            if (bytes.Count == 0)
                break;
            var at = place % bytes.Count;
            switch (kind)
            {
                case 0:
                    bytes[at] = (byte)value;
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(value, bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(value, bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, (byte)value);
                    break;
            }
        }

        return [.. bytes];
    }
}
