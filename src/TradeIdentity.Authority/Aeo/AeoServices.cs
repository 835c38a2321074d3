using Microsoft.Extensions.DependencyInjection;
using TradeIdentity.Authority.Aeo.Attachments;
using TradeIdentity.Authority.Aeo.Questionnaires;
using TradeIdentity.Authority.Credentials;

namespace TradeIdentity.Authority.Aeo;

internal static class AeoServices
{
    public static void AddAeo(this IServiceCollection services)
    {
        services.AddSingleton<AeoOfficers>();
        services.AddSingleton<ChangeAeoStatus>();
        services.AddSingleton<TakeHoldersAct>();
        services.AddSingleton<ProposeAeoDecision>();
        services.AddSingleton<ApproveAeoProposal>();
        services.AddSingleton<TurnDownAeoProposal>();
        services.AddSingleton<WithdrawAeoProposal>();
        services.AddSingleton<ForeseeAeoDecision>();
        services.AddSingleton<AeoProposals>();
        services.AddSingleton<AskForInformation>();
        services.AddSingleton<AnswerAeoRequest>();
        services.AddSingleton<AeoRequests>();
        services.AddSingleton<RecordAeoVisit>();
        services.AddSingleton<AeoVisits>();
        services.AddSingleton<AeoApplications>();
        services.AddSingleton(QuestionnaireCatalogue.Embedded);
        services.AddSingleton<AnswerSheets>();
        services.AddSingleton<SaveAnswers>();
        services.AddSingleton<Attachments.Attachments>();
        services.AddSingleton<AttachDocument>();
        services.AddSingleton<CompareAeoCredentials>();
    }
}
