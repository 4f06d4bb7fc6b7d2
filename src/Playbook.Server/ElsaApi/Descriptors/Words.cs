using System.Text;

namespace Playbook.Server.ElsaApi.Descriptors;

/// <summary>Names of code as people read them.</summary>
internal static class Words
{
    /// <summary><c>ChildCompleted</c> as <c>Child Completed</c>.</summary>
    public static string Spaced(string name)
    {
        var words = new StringBuilder();
        for (var i = 0; i < name.Length; i++)
        {
            if (i > 0 && char.IsUpper(name[i]) && (!char.IsUpper(name[i - 1]) || i + 1 < name.Length && char.IsLower(name[i + 1])))
                words.Append(' ');
            words.Append(name[i]);
        }

        return words.ToString();
    }
}
