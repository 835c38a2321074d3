using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;

namespace TradeIdentity.Server.OpenId.Delegation;

/// <summary>Who acts for the subject of a token, and for whom that one acted before (RFC 8693 §4.1).</summary>
public static class ActorChain
{
    internal const string Claim = "act";

    // A person, their software, a broker, the broker's software: longer chains are loops.
    public const int Deepest = 4;

    /// <summary>The chain of <paramref name="subject"/>, with <paramref name="clientId"/> in front where it is not there already.</summary>
    /// <returns>False where it would be too long.</returns>
    public static bool TryExtend(ClaimsPrincipal subject, string clientId, out Claim? chain)
    {
        ArgumentNullException.ThrowIfNull(subject);
        var before = subject.GetClaim(Claim) is { } text ? JsonNode.Parse(text)!.AsObject() : null;
        chain = null;
        // A client that acts for itself has nobody who acts for it.
        if (before is null && subject.GetClaim(OpenIddictConstants.Claims.Subject) == clientId)
        {
            return true;
        }

        var extended = before is not null && (string?)before["sub"] == clientId ? before : new JsonObject { ["sub"] = clientId };
        if (before is not null && extended != before)
        {
            extended[Claim] = before;
        }

        if (Depth(extended) > Deepest)
        {
            return false;
        }

        chain = new Claim(Claim, extended.ToJsonString(JsonSerializerOptions.Default), JsonClaimValueTypes.Json);
        chain.SetDestinations(OpenIddictConstants.Destinations.AccessToken);
        return true;
    }

    private static int Depth(JsonObject chain)
    {
        var depth = 1;
        for (var next = chain[Claim] as JsonObject; next is not null; next = next[Claim] as JsonObject)
        {
            depth++;
        }

        return depth;
    }
}
