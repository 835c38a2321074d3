using Microsoft.AspNetCore.Http.HttpResults;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>The one place where a refusal becomes an HTTP answer: RFC 9457 problem details with the refusal's stable code.</summary>
internal static class Problems
{
    /// <summary>The problem for <paramref name="refusal"/>; 422 for a refusal that is not of another kind.</summary>
    internal static ProblemHttpResult From(Refusal refusal) => TypedResults.Problem(
        detail: refusal.Detail,
        statusCode: Status(refusal.Code),
        extensions: new Dictionary<string, object?> { ["code"] = refusal.Code });

    // Of one kind, one line: what is not named is a request that was understood and cannot be done.
    private static int Status(string code) => code switch
    {
        "operator_unknown" or "credential_unknown" or "status_list_unknown" or "delta_unavailable" => StatusCodes.Status404NotFound,
        "account_unknown" or "identity_proof_unknown" or "session_unknown" or "consent_unknown" or "token_unknown" => StatusCodes.Status404NotFound,
        "aeo_proposal_unknown" or "aeo_request_unknown" or "aeo_questionnaire_unknown" or "aeo_attachment_unknown" or "registration_document_unknown" => StatusCodes.Status404NotFound,
        "change_unknown" or "invitation_unknown" or "representative_unknown" or "joint_act_unknown" => StatusCodes.Status404NotFound,
        "registration_unknown" or "extract_unknown" or "audit_entry_unknown" => StatusCodes.Status404NotFound,
        "succession_unknown" or "mandate_unknown" or "notice_unknown" or "webhook_unknown" or "webhook_delivery_unknown" => StatusCodes.Status404NotFound,

        "body_malformed" or "body_invalid" or "id_malformed" or "query_invalid" or "cursor_invalid" or "limit_invalid" or "tin_malformed" => StatusCodes.Status400BadRequest,
        "body_too_large" or "document_too_large" => StatusCodes.Status413PayloadTooLarge,
        "media_type_unsupported" or "document_type" => StatusCodes.Status415UnsupportedMediaType,

        "own_account" or "own_token_required" or "administrator_required" => StatusCodes.Status403Forbidden,
        "aeo_officer_required" or "aeo_own_operator" or "aeo_holder_required" or "aeo_act_of_authority" or "aeo_proposal_not_yours" => StatusCodes.Status403Forbidden,
        "mandate_not_yours" or "notices_of_person" or "webhook_administrator_required" => StatusCodes.Status403Forbidden,
        "change_not_yours" or "representatives_not_yours" or "representatives_exceed" or "representative_own" or "invitation_other_address" or "company_required" or "joint_act_not_yours" or "joint_act_own" => StatusCodes.Status403Forbidden,
        "registrar_required" or "registration_own" or "person_required" or "registration_account_required" => StatusCodes.Status403Forbidden,
        "credential_holder_required" or "master_data_not_yours" => StatusCodes.Status403Forbidden,
        "approver_required" or "succession_own" or "succession_not_yours" => StatusCodes.Status403Forbidden,
        "recent_sign_in_required" => StatusCodes.Status403Forbidden,

        "credential_revoked" or "credential_held" or "aeo_not_granted" or "name_differs" => StatusCodes.Status409Conflict,
        "credential_withdrawn" or "credential_suspended" or "credential_expired" or "credential_ended" or "credential_limit" or "credential_limit_day" => StatusCodes.Status409Conflict,
        "aeo_transition_not_allowed" or "aeo_four_eyes" or "aeo_barred" or "aeo_not_extendable" or "aeo_not_reassessable"
            or "aeo_proposal_open" or "aeo_proposal_settled" or "aeo_proposal_overtaken" or "aeo_proposal_not_needed"
            or "aeo_changed" or "aeo_request_open" or "aeo_request_settled" or "aeo_visit_required" or "aeo_visit_not_due"
            or "aeo_answers_missing" or "aeo_answers_submitted" or "aeo_attachment_submitted" or "aeo_attachment_no_application" or "aeo_attachment_limit" or "registration_document_limit" => StatusCodes.Status409Conflict,
        "invitation_open" or "invitation_limit" or "invitation_member" or "invitation_settled" or "invitation_void" => StatusCodes.Status409Conflict,
        "change_open" or "change_nothing" or "change_settled" or "change_overtaken" => StatusCodes.Status409Conflict,
        "joint_signature_required" or "joint_act_not_needed" or "joint_act_limit" or "joint_act_settled" => StatusCodes.Status409Conflict,
        "registration_open" or "registration_limit" or "registration_member" or "registration_settled" or "registration_tin_taken" or "identifier_taken" or "extract_ambiguous" => StatusCodes.Status409Conflict,
        "account_of_officer" or "account_acts" or "account_mandated" or "account_registers" => StatusCodes.Status409Conflict,
        "last_administrator" or "master_data_released" or "master_data_not_released" => StatusCodes.Status409Conflict,
        "operator_ended" or "succession_open" or "succession_settled" or "succession_four_eyes" or "succession_application_runs" or "succession_component_in_the_way" => StatusCodes.Status409Conflict,
        "mandate_not_in_force" or "mandate_answered" or "mandate_ended" or "mandate_exceeds" => StatusCodes.Status409Conflict,
        "webhook_exists" or "webhook_limit" or "webhook_asked" or "webhook_not_active" => StatusCodes.Status409Conflict,

        "invitation_tries" => StatusCodes.Status429TooManyRequests,
        "pdf_unavailable" or "mail_unavailable" => StatusCodes.Status503ServiceUnavailable,
        "signing_key_missing" or "self_check_failed" or "bundle_invalid" => StatusCodes.Status500InternalServerError,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}
