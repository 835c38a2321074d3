using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TradeIdentity.Authority;

namespace TradeIdentity.Server.Api;

/// <summary>The registry and issuance API under <c>/api/v1</c>.</summary>
internal static class ApiEndpoints
{
    internal static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<CredentialsInReach>();
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", Code(context.ProblemDetails.Status)));
        // In Development too a request that cannot be bound is an answer, not an exception.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = false);
        builder.Services.AddOpenApi("v1", openApi => openApi.Describe());
        builder.Services.ConfigureHttpJsonOptions(json =>
        {
            // The platform takes the types of ApiJson, not its options.
            json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default.WithAddedModifier(TellByTable.Apply));
            json.SerializerOptions.Converters.Add(new UtcTimeJson());
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
    }

    /// <summary>Whatever fails in what follows is answered with a problem and a code. Goes before the rest of the pipeline.</summary>
    internal static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            StatusCodeSelector = failure => failure is BadHttpRequestException unreadable ? unreadable.StatusCode : StatusCodes.Status500InternalServerError,
        });
        app.UseStatusCodePages();
    }

    internal static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1").AddEndpointFilter(RefuseNulAsync).AddEndpointFilter(OwnToken.RequireAsync);
        api.MapOperators();
        api.MapAeo();
        api.MapImports();
        api.MapCredentials();
        api.MapCredentialsOfHolder();
        api.MapBulkCredentials();
        api.MapVerifications();
        api.MapMandates();
        api.MapNotices();
        api.MapWebhooks();
        api.MapEntityRegistrations();
        api.MapRegistrars();
        api.MapRepresentatives();
        api.MapJointActs();
        api.MapEntityChanges();
        api.MapMasterData();
        api.MapOwnPrivacy();
        api.MapSuccessions();
        api.MapAudit();
        api.MapStatistics();
        api.MapAccounts();
        app.MapOpenApi();
    }

    // No value holds a NUL, and PostgreSQL cannot look one up.
    private static async ValueTask<object?> RefuseNulAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Request.QueryString.Value?.Contains("%00", StringComparison.Ordinal) == true
            ? Problems.From(new Refusal("query_invalid", "The address holds a NUL."))
            : await next(context);

    private static string Code(int? status) => status switch
    {
        401 => "unauthorised",
        403 => "forbidden",
        404 => "not_found",
        405 => "method_not_allowed",
        413 => "body_too_large",
        415 => "media_type_unsupported",
        >= 500 => "internal_error",
        _ => "request_invalid",
    };
}
