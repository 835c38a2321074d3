namespace TradeIdentity.Server.Api;

/// <summary>The registry and issuance API under <c>/api/v1</c>.</summary>
internal static class ApiEndpoints
{
    internal static void AddApi(this WebApplicationBuilder builder)
    {
        builder.Services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
            context.ProblemDetails.Extensions.TryAdd("code", Code(context.ProblemDetails.Status)));
        builder.Services.AddOpenApi("v1");
        builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, ApiJson.Default));
    }

    internal static void MapApi(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        var api = app.MapGroup("/api/v1");
        api.MapOperators();
        api.MapImports();
        api.MapCredentials();
        api.MapBulkCredentials();
        api.MapVerifications();
        app.MapOpenApi();
    }

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
