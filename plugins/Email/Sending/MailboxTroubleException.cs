namespace Playbook.Email;

/// <summary>The mailbox or its server cannot be used as it stands; the message names the cause and the cure.</summary>
public sealed class MailboxTroubleException : Exception
{
    public MailboxTroubleException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
