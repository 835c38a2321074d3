using System.Security.Cryptography;
using System.Text;
using Dapper;
using TradeIdentity.Authority.Accounts;
using TradeIdentity.Authority.Operators.Identifiers;
using TradeIdentity.Authority.Storage;

namespace TradeIdentity.Authority.Companies.Representatives;

/// <summary>Reads invitations.</summary>
public sealed class Invitations(Database database, TimeProvider time)
{
    public const int MostOpen = 50;

    private const string Select =
        """
        SELECT i.id AS Id, i.tin AS Tin, o.legal_name AS LegalName, i.email AS Email, i.roles AS Roles, i.powers AS Powers, i.is_joint AS IsJoint,
            i.starts_at AS StartsAt, i.ends_at AS EndsAt, i.state AS State, i.invited_by AS InvitedBy, i.invited_at AS InvitedAt, i.expires_at AS ExpiresAt, i.mails AS Mails
        FROM invitations i JOIN operators o ON o.tin = i.tin

        """;

    internal static Refusal Unknown { get; } = new("invitation_unknown", "There is no such invitation, or no longer: ask the company for another one.");

    /// <summary>The open ones of an operator, the newest first.</summary>
    public Task<IReadOnlyList<Invitation>> OfOperatorAsync(Tin tin, CancellationToken cancellationToken) =>
        QueryAsync("WHERE i.tin = @tin AND i.state = 'open' ORDER BY i.id DESC LIMIT @MostOpen", new { tin = tin.Value, MostOpen }, cancellationToken);

    /// <summary>The one of a link; null where it is used up, withdrawn, too old, or never was.</summary>
    public async Task<Invitation?> OfTokenAsync(string token, CancellationToken cancellationToken) => HashOf(token) is { } hash
        ? (await QueryAsync("WHERE i.token_hash = @hash AND i.state = 'open' AND i.expires_at > @now", new { hash, now = time.GetUtcNow().ToUnixTimeSeconds() }, cancellationToken).ConfigureAwait(false)).SingleOrDefault()
        : null;

    internal static async Task<Invitation?> OfTokenAsync(WriteTransaction tx, string token, DateTimeOffset now) => HashOf(token) is { } hash
        ? (await tx.QuerySingleOrDefaultAsync<Row>(
            Select + "WHERE i.token_hash = @hash AND i.state = 'open' AND i.expires_at > @now", new { hash, now = now.ToUnixTimeSeconds() }).ConfigureAwait(false))?.ToInvitation()
        : null;

    internal static async Task<Invitation?> FindAsync(WriteTransaction tx, string id, Tin tin) =>
        (await tx.QuerySingleOrDefaultAsync<Row>(Select + "WHERE i.id = @id AND i.tin = @tin", new { id, tin = tin.Value }).ConfigureAwait(false))?.ToInvitation();

    internal static async Task<List<Invitation>> OpenAsync(WriteTransaction tx, Tin tin) =>
        (await tx.QueryAsync<Row>(Select + "WHERE i.tin = @tin AND i.state = 'open'", new { tin = tin.Value }).ConfigureAwait(false)).ConvertAll(row => row.ToInvitation());

    // 32 random bytes need no slow hash: nobody tries them out.
    internal static byte[]? HashOf(string token) =>
        token.Length == InvitationToken.Length && token.All(char.IsAscii) ? SHA256.HashData(Encoding.ASCII.GetBytes(token)) : null;

    /// <summary>As the framework normalises addresses of accounts.</summary>
    internal static string Normalise(string email) => email.Normalize().ToUpperInvariant();

    private Task<IReadOnlyList<Invitation>> QueryAsync(string where, object parameters, CancellationToken cancellationToken) => database.ReadAsync<IReadOnlyList<Invitation>>(
        async connection =>
        [
            .. (await connection.QueryAsync<Row>(new CommandDefinition(Select + where, parameters, cancellationToken: cancellationToken)).ConfigureAwait(false)).Select(row => row.ToInvitation()),
        ],
        cancellationToken);

    private sealed class Row
    {
        public required string Id { get; init; }

        public required string Tin { get; init; }

        public required string LegalName { get; init; }

        public required string Email { get; init; }

        public required string Roles { get; init; }

        public required string Powers { get; init; }

        public long IsJoint { get; init; }

        public long? StartsAt { get; init; }

        public long? EndsAt { get; init; }

        public required string State { get; init; }

        public required string InvitedBy { get; init; }

        public long InvitedAt { get; init; }

        public long ExpiresAt { get; init; }

        public long Mails { get; init; }

        public Invitation ToInvitation() => new(
            Id,
            Operators.Identifiers.Tin.Parse(Tin),
            LegalName,
            Email,
            new MemberRights([.. Roles.Split(' ')], [.. Powers.Split(' ', StringSplitOptions.RemoveEmptyEntries)], IsJoint == 1, Time(EndsAt)),
            Time(StartsAt),
            State,
            InvitedBy,
            DateTimeOffset.FromUnixTimeSeconds(InvitedAt),
            DateTimeOffset.FromUnixTimeSeconds(ExpiresAt),
            (int)Mails);

        private static DateTimeOffset? Time(long? seconds) => seconds is { } at ? DateTimeOffset.FromUnixTimeSeconds(at) : null;
    }
}
