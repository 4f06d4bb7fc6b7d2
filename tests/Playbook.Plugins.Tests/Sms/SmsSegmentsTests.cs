using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Playbook.Sms;

namespace Playbook.Plugins.Tests.Sms;

public sealed class SmsSegmentsTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 1)]
    [InlineData(160, 1)]
    [InlineData(161, 2)]
    [InlineData(306, 2)]
    [InlineData(307, 3)]
    public void The_phone_alphabet_takes_160_alone_and_153_in_parts(int letters, int parts) =>
        Assert.Equal(new SmsSegments(false, parts), SmsSegments.Of(new string('å', letters)));

    [Theory]
    [InlineData(70, 1)]
    [InlineData(71, 2)]
    [InlineData(134, 2)]
    [InlineData(135, 3)]
    public void Anything_else_takes_70_alone_and_67_in_parts(int letters, int parts) =>
        Assert.Equal(new SmsSegments(true, parts), SmsSegments.Of(new string('ł', letters)));

    [Theory]
    [InlineData(80, 1)] // 160 places
    [InlineData(81, 2)] // 76 fit whole into one part
    [InlineData(152, 2)]
    [InlineData(153, 3)]
    public void A_sign_of_the_extension_takes_two_places_and_is_not_torn(int signs, int parts) =>
        Assert.Equal(parts, SmsSegments.Of(new string('€', signs)).Count);

    [Theory]
    [InlineData(35, 1)]
    [InlineData(36, 2)]
    [InlineData(66, 2)]
    [InlineData(67, 3)]
    public void A_pair_is_not_torn(int pairs, int parts) =>
        Assert.Equal(parts, SmsSegments.Of(string.Concat(Enumerable.Repeat("😀", pairs))).Count);

    [Fact]
    public void Danish_letters_are_in_the_phone_alphabet_and_one_emoji_changes_everything()
    {
        var text = new string('x', 140) + "æøåÆØÅ";

        Assert.Equal(new SmsSegments(false, 1), SmsSegments.Of(text));
        Assert.Equal(new SmsSegments(true, 3), SmsSegments.Of(text + "😀"));
    }

    [Property(MaxTest = 1000)]
    public void More_text_never_takes_fewer_parts_and_the_parts_hold_it(NonNull<string> text, NonNull<string> more)
    {
        var one = SmsSegments.Of(text.Get);
        var both = SmsSegments.Of(text.Get + more.Get);

        Assert.True(both.Count >= one.Count);
        Assert.Equal(text.Get.Length == 0, one.Count == 0);
        var most = one.IsUnicode ? (one.Count == 1 ? 70 : 67) : (one.Count == 1 ? 160 : 153);
        Assert.True(text.Get.Length <= most * one.Count);
    }
}
