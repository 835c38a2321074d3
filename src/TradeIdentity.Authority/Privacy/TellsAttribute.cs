namespace TradeIdentity.Authority.Privacy;

/// <summary>Which fact a member of a document tells: it is left out where <see cref="PrivacyTable"/> does not let its viewer learn it.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class TellsAttribute(PrivateFact fact) : Attribute
{
    public PrivateFact Fact => fact;
}

/// <summary>Whom a document is for.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ToldToAttribute(Viewer viewer) : Attribute
{
    public Viewer Viewer => viewer;
}
