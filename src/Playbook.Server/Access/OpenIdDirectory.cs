namespace Playbook.Server.Access;

/// <summary>The company's own directory, where its people have accounts already.</summary>
/// <param name="Authority">Its address, such as <c>https://login.example.com</c>.</param>
/// <param name="ClientId">What it knows this server by.</param>
/// <param name="Secret">What it gave this server to prove that; null for a public client.</param>
public sealed record OpenIdDirectory(Uri Authority, string ClientId, string? Secret);
