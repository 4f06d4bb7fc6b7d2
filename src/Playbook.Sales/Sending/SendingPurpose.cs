namespace Playbook.Sales.Sending;

/// <summary>What a message is for.</summary>
public enum SendingPurpose
{
    /// <summary>Direct marketing: what law means by it includes a first question to a stranger at a company.</summary>
    Marketing,

    /// <summary>What somebody asked for or needs to use what they bought: a confirmation, an invitation to a meeting that was agreed.</summary>
    Service,
}
