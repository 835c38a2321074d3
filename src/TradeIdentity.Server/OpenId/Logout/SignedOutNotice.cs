namespace TradeIdentity.Server.OpenId.Logout;

/// <summary>What the page after a sign-out shows.</summary>
/// <param name="Frames">The clients' pages that it loads.</param>
/// <param name="Next">Where it goes on to, on this server; null where it is the end.</param>
public sealed record SignedOutNotice(IReadOnlyList<LogoutFrame> Frames, string? Next);

/// <summary>A client's page that ends the client's own session.</summary>
/// <param name="Client">The client's name, in the language of the request.</param>
/// <param name="Address">With <c>iss</c> and <c>sid</c>.</param>
public sealed record LogoutFrame(string Client, Uri Address);
