using System.Text.Json;
using Microsoft.Extensions.Options;
using TradeIdentity.Authority.Audit;
using TradeIdentity.Authority.Configuration;
using TradeIdentity.Authority.Credentials;
using TradeIdentity.Authority.Keys;
using TradeIdentity.Authority.Mandates;
using TradeIdentity.Authority.Operators;
using TradeIdentity.Authority.Status;
using TradeIdentity.Authority.Storage;
using TradeIdentity.Authority.Trust;
using TradeIdentity.Codecs.QrText;
using TradeIdentity.Verification;
using TradeIdentity.Verification.Credentials;
using TradeIdentity.Verification.Trust;
using TradeIdentity.Verification.Verdicts;

namespace TradeIdentity.Authority.Issuance;

/// <summary>
/// Issues credentials in the order lint, allocate, sign, verify, store. What fails at any step leaves nothing: an index that
/// no stored credential uses goes back, and the credentials and their audit entries are stored in one transaction.
/// </summary>
public sealed class IssueBatch(
    Database database,
    OperatorReader operators,
    MandateReader mandates,
    SigningKeys keys,
    StatusIndexAllocator indexes,
    CurrentTrust trust,
    TimeProvider time,
    IOptions<IssuerOptions> issuer)
{
    /// <summary>Issues each of <paramref name="requests"/> or says why not, in their order.</summary>
    public Task<IReadOnlyList<Outcome<IssuedCredential>>> ExecuteAsync(
        IReadOnlyList<CredentialRequest> requests, string actor, CancellationToken cancellationToken) =>
        ExecuteAsync(requests, actor, null, cancellationToken);

    /// <param name="requests">What is asked for.</param>
    /// <param name="actor">Who asks.</param>
    /// <param name="terms">What has to hold in the transaction that stores a credential, and what else is done in it; null for nothing.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    internal async Task<IReadOnlyList<Outcome<IssuedCredential>>> ExecuteAsync(
        IReadOnlyList<CredentialRequest> requests, string actor, TermsOfIssue? terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (!(await keys.SignerAsync(KeyPurpose.Issuing, now, cancellationToken).ConfigureAwait(false)).TryGet(out var key, out var refusal))
        {
            return Refused(requests, refusal);
        }

        var found = await operators.FindManyAsync(database, [.. requests.Select(request => request.Tin).Distinct()], cancellationToken).ConfigureAwait(false);
        var stated = await MandateFacts.ReadAsync(
            [.. requests.Select(request => request.Mandate).OfType<string>().Distinct()], database, mandates, cancellationToken).ConfigureAwait(false);
        var candidates = new Candidate?[requests.Count];
        var outcomes = new Outcome<IssuedCredential>[requests.Count];
        for (var i = 0; i < requests.Count; i++)
        {
            if (!found.TryGetValue(requests[i].Tin, out var @operator))
            {
                outcomes[i] = new Refusal("operator_unknown", "No operator with this TIN is registered.");
            }
            else if (CredentialDraft.Prepare(
                @operator, requests[i].Type, requests[i].Mandate is { } id ? stated.GetValueOrDefault(id) : null, issuer.Value.Code, key, now).TryGet(out var prepared, out refusal))
            {
                candidates[i] = new Candidate { Prepared = prepared, Operator = @operator, Mandate = requests[i].Mandate };
            }
            else
            {
                outcomes[i] = refusal;
            }
        }

        var linted = candidates.OfType<Candidate>().ToList();
        var stored = false;
        try
        {
            var taken = await indexes.TakeAsync(linted.Count, cancellationToken).ConfigureAwait(false);
            for (var i = 0; i < linted.Count; i++)
            {
                linted[i].Status = taken[i];
            }

            // After the allocation: a bundle of before it would not know a list that was opened just now.
            if (!(await trust.GetAsync(cancellationToken).ConfigureAwait(false)).TryGet(out var bundle, out refusal))
            {
                return Refused(requests, refusal);
            }

            Parallel.ForEach(linted, candidate => SealAndVerify(candidate, key, bundle));
            var kept = await StoreAsync([.. linted.Where(candidate => candidate.Issued is not null)], key, actor, terms, now, cancellationToken).ConfigureAwait(false);
            stored = true;
            foreach (var (candidate, why) in kept)
            {
                candidate.Issued = null;
                candidate.Refusal = why;
            }
        }
        finally
        {
            foreach (var candidate in linted.Where(candidate => candidate.Status.List != 0 && !(stored && candidate.Issued is not null)))
            {
                indexes.GiveBack(candidate.Status);
            }
        }

        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i] is { } candidate)
            {
                outcomes[i] = candidate.Issued is { } issued ? issued : candidate.Refusal!;
            }
        }

        return outcomes;
    }

    // The customs verifier itself, with the bundle that posts are given, has the last word before release.
    private static void SealAndVerify(Candidate candidate, SigningKey key, TrustBundle bundle)
    {
        var (credential, payload, message) = candidate.Prepared.Seal(candidate.Status, key);
        var qrText = Ti1Text.Encode(message);
        var verdict = OfflineVerifier.Verify(qrText, bundle, credential.IssuedAt > bundle.Content.Issued ? credential.IssuedAt : bundle.Content.Issued);
        candidate.Refusal = verdict.Match(
            accepted => CredentialWriter.Write(accepted.Credential).AsSpan().SequenceEqual(payload) ? null : SelfCheckFailed("it says something else"),
            rejected => SelfCheckFailed(rejected.Reason.Code()),
            undetermined => SelfCheckFailed(undetermined.Doubt.Code()));
        if (candidate.Refusal is null)
        {
            candidate.Message = message;
            candidate.Issued = new IssuedCredential
            {
                Id = CredentialId.Create(credential.IssuedAt),
                Type = credential.Type,
                Tin = credential.Tin,
                QrText = qrText,
                IssuedAt = credential.IssuedAt,
                ExpiresAt = credential.ExpiresAt,
                StatusReference = credential.Status,
                Status = StatusValue.Valid,
                Mandate = candidate.Mandate,
            };
        }
    }

    private static Refusal SelfCheckFailed(string reason) =>
        new("self_check_failed", $"The customs verifier did not accept the new credential ({reason}); it was not released.");

    /// <returns>Those that were not stored: the AEO status that they state is of before a decision, or the terms do not hold.</returns>
    private async Task<IReadOnlyList<(Candidate Candidate, Refusal Why)>> StoreAsync(
        List<Candidate> candidates, SigningKey key, string actor, TermsOfIssue? terms, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (candidates.Count == 0)
        {
            return [];
        }

        return await database.WriteAsync(
            async tx =>
            {
                var changed = await AeoUnchanged.ExceptAsync(
                    tx, [.. candidates.Where(candidate => candidate.Issued!.Type == CredentialTypes.AeoStatus).Select(candidate => candidate.Operator)]).ConfigureAwait(false);
                var (rest, kept) = (new List<Candidate>(), new List<(Candidate, Refusal)>());
                foreach (var candidate in candidates)
                {
                    var why = IsOvertaken(candidate) ? AeoUnchanged.Refusal : terms is null ? null : await terms(tx, candidate.Issued!, now).ConfigureAwait(false);
                    if (why is null)
                    {
                        rest.Add(candidate);
                    }
                    else
                    {
                        kept.Add((candidate, why));
                    }
                }

                await CredentialStore.InsertAsync(
                    tx, rest.Select(candidate => candidate.Issued!), rest.ToDictionary(candidate => candidate.Issued!.Id, candidate => candidate.Message!)).ConfigureAwait(false);
                await AuditTrail.AppendAsync(
                    tx,
                    now,
                    rest.ConvertAll(candidate => new AuditRecord(actor, "credential-issued", $"credential:{candidate.Issued!.Id}", Details(candidate.Issued, key)))).ConfigureAwait(false);
                return (IReadOnlyList<(Candidate, Refusal)>)kept;

                bool IsOvertaken(Candidate candidate) => candidate.Issued!.Type == CredentialTypes.AeoStatus && changed.Contains(candidate.Operator.Tin);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private static string Details(IssuedCredential credential, SigningKey key) =>
        JsonSerializer.Serialize(
            new IssueDetails(
                credential.Tin,
                CredentialTypeCatalogue.Name(credential.Type),
                key.KidText,
                credential.StatusReference.List,
                credential.StatusReference.Index,
                credential.ExpiresAt.ToString("u")),
            CredentialAuditJson.Default.IssueDetails);

    private static Outcome<IssuedCredential>[] Refused(IReadOnlyList<CredentialRequest> requests, Refusal refusal)
    {
        var outcomes = new Outcome<IssuedCredential>[requests.Count];
        Array.Fill(outcomes, refusal);
        return outcomes;
    }

    private sealed class Candidate
    {
        public required PreparedCredential Prepared { get; init; }

        /// <summary>As it was read when the credential was drafted.</summary>
        public required Operator Operator { get; init; }

        public string? Mandate { get; init; }

        public StatusReference Status { get; set; }

        public byte[]? Message { get; set; }

        public IssuedCredential? Issued { get; set; }

        public Refusal? Refusal { get; set; }
    }
}
