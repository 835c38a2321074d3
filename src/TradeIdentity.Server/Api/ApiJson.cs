using System.Text.Json.Serialization;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>The documents of the API. Requests are read strictly: unknown and repeated members are refused.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    Converters = [typeof(UtcTimeJson)])]
[JsonSerializable(typeof(CredentialRequestBody))]
[JsonSerializable(typeof(CredentialBody))]
[JsonSerializable(typeof(CredentialList))]
[JsonSerializable(typeof(StatusChangeBody))]
[JsonSerializable(typeof(VerificationBody))]
[JsonSerializable(typeof(BulkLine))]
[JsonSerializable(typeof(OperatorBody))]
[JsonSerializable(typeof(OperatorPageBody))]
[JsonSerializable(typeof(OperatorLine))]
[JsonSerializable(typeof(AccountPageBody))]
[JsonSerializable(typeof(AccountDetailBody))]
[JsonSerializable(typeof(IdentityProofBody))]
[JsonSerializable(typeof(IdentityProofRequestBody))]
[JsonSerializable(typeof(MandateOfferBody))]
[JsonSerializable(typeof(MandateEndBody))]
[JsonSerializable(typeof(MandateBody))]
[JsonSerializable(typeof(MandatePageBody))]
[JsonSerializable(typeof(NoticePageBody))]
[JsonSerializable(typeof(NoticesSeenBody))]
[JsonSerializable(typeof(NewWebhookBody))]
[JsonSerializable(typeof(WebhookBody))]
[JsonSerializable(typeof(WebhookListBody))]
[JsonSerializable(typeof(WebhookDeliveryPageBody))]
[JsonSerializable(typeof(EntityApplicationBody))]
[JsonSerializable(typeof(RegistrationAnswerBody))]
[JsonSerializable(typeof(RegistrationTextBody))]
[JsonSerializable(typeof(RegistrationDecisionBody))]
[JsonSerializable(typeof(EntityRegistrationBody))]
[JsonSerializable(typeof(EntityRegistrationPageBody))]
[JsonSerializable(typeof(RegisterExtractBody))]
[JsonSerializable(typeof(RegisterExtractLine))]
[JsonSerializable(typeof(ImportAnswerLine))]
[JsonSerializable(typeof(AeoDecisionBody))]
[JsonSerializable(typeof(AeoTurnDownBody))]
[JsonSerializable(typeof(AeoHolderActBody))]
[JsonSerializable(typeof(AeoLifeBody))]
[JsonSerializable(typeof(AeoComponentBody))]
[JsonSerializable(typeof(AeoProposalBody))]
[JsonSerializable(typeof(AeoProposalPageBody))]
[JsonSerializable(typeof(AeoApplicationPageBody))]
[JsonSerializable(typeof(CredentialPageBody))]
[JsonSerializable(typeof(LossBody))]
[JsonSerializable(typeof(AeoQuestionBody))]
[JsonSerializable(typeof(AeoAnswerBody))]
[JsonSerializable(typeof(AeoRequestBody))]
[JsonSerializable(typeof(AeoRequestListBody))]
[JsonSerializable(typeof(AeoVisitReportBody))]
[JsonSerializable(typeof(AeoVisitBody))]
[JsonSerializable(typeof(AeoVisitListBody))]
[JsonSerializable(typeof(AeoForeseenBody))]
internal sealed partial class ApiJson : JsonSerializerContext;
