namespace TradeIdentity.Authority.Cards;

/// <summary>
/// The column of facts: name, TIN, AEO components, roles, other identifiers, address. Of the scales it has the largest that its room allows;
/// where the smallest legible size is still too large, the address goes first, then identifiers, then roles: the QR code has them.
/// </summary>
internal sealed class CardFacts(CardWording wording, Typesetter type, float width, float[] scales)
{
    private const float MarkSize = 9.5f;
    private const float MarkColumn = 14f;

    internal void Draw(CardPen pen, float x, float top, float height)
    {
        foreach (var block in Choose(height))
        {
            block.Draw(pen, x, top);
            top += block.Height;
        }
    }

    private List<Block> Choose(float height)
    {
        for (var kept = 3; ; kept--)
        {
            foreach (var scale in scales)
            {
                var blocks = Blocks(scale, kept, wording.Components.Count);
                if (blocks.Sum(block => block.Height) <= height)
                {
                    return blocks;
                }
            }

            if (kept == 0)
            {
                return Fewest(height);
            }
        }
    }

    // The name and the TIN are always there; of the components as many as there is room for, and a line that says there are more.
    private List<Block> Fewest(float height)
    {
        for (var components = wording.Components.Count - 1; components > 0; components--)
        {
            var blocks = Blocks(scales[^1], 0, components);
            if (blocks.Sum(block => block.Height) <= height)
            {
                return blocks;
            }
        }

        return Blocks(scales[^1], 0, 0);
    }

    private List<Block> Blocks(float scale, int optional, int components)
    {
        var blocks = new List<Block> { Name(scale), Tin(scale) };
        if (wording.Components.Count > 0)
        {
            blocks.Add(Label(wording.AeoLabel, scale));
            blocks.AddRange(wording.Components.Take(components).Select(line => Component(line, scale)));
            if (components < wording.Components.Count)
            {
                blocks.Add(More(wording.Components.Count - components, scale));
            }
        }

        // What a mandate says is what its card is for: it never gives way.
        foreach (var (label, text) in wording.Mandate)
        {
            blocks.AddRange(Field(label, text, scale));
        }

        if (optional > 0 && wording.Roles.Count > 0)
        {
            blocks.AddRange(Field(CardWording.RolesLabel, string.Join(", ", wording.Roles), scale));
        }

        if (optional > 1 && wording.Identifiers.Count > 0)
        {
            blocks.AddRange(Field(CardWording.IdentifiersLabel, string.Join(", ", wording.Identifiers), scale));
        }

        if (optional > 2 && wording.Address is { } address)
        {
            blocks.AddRange(Field(CardWording.AddressLabel, address, scale));
        }

        return blocks;
    }

    // Large in one or two lines; a long name goes on over more lines in a size that is still read at arm's length.
    private Block Name(float scale)
    {
        var name = Typesetter.Fit(size => type.SemiBold(wording.LegalName, size, width), 15 * scale, 2, 9.5f * scale);
        return new Block(name.Height + (7 * scale), (pen, x, top) => pen.Text(name, x, top - (2 * scale)));
    }

    private Block Tin(float scale)
    {
        var label = Small(CardWording.TinLabel, scale);
        var size = 12 * scale;
        // Every character in a cell of one width, as on a typewriter: groups are compared at a glance.
        var cell = size * 0.8f;
        var groups = wording.TinGroups.Select(group => group.Select(character => type.SemiBold(character.ToString(), size, cell)).ToList()).ToList();
        return new Block(label.Height + (size * 1.25f) + (7 * scale), (pen, x, top) =>
        {
            pen.Muted(label, x, top);
            foreach (var group in groups)
            {
                foreach (var character in group)
                {
                    pen.Cell(character, x, top + label.Height);
                    x += cell;
                }

                x += cell * 0.6f;
            }
        });
    }

    private Block Component(CardWording.AeoLine line, float scale)
    {
        var name = type.SemiBold(line.Name, 9 * scale, width - (MarkColumn * scale));
        var detail = type.Regular(line.Detail, 7.5f * scale, width - (MarkColumn * scale));
        return new Block(name.Height + detail.Height + (3.5f * scale), (pen, x, top) =>
        {
            if (line.IsGranted)
            {
                pen.GrantedMark(x, top + scale, MarkSize * scale);
            }
            else
            {
                pen.SuspendedMark(x, top + scale, MarkSize * scale);
            }

            pen.Text(name, x + (MarkColumn * scale), top);
            pen.Muted(detail, x + (MarkColumn * scale), top + name.Height);
        });
    }

    private Block More(int count, float scale)
    {
        var more = type.Regular(FormattableString.Invariant($"and {count} more, in the code"), 7.5f * scale, width);
        return new Block(more.Height, (pen, x, top) => pen.Muted(more, x + (MarkColumn * scale), top));
    }

    private IEnumerable<Block> Field(string label, string text, float scale)
    {
        var value = type.Regular(text, 8.5f * scale, width);
        // Field follows field or components, each of which leaves less room below than a new subject needs.
        yield return new Block(4.5f * scale, (_, _, _) => { });
        yield return Label(label, scale);
        yield return new Block(value.Height, (pen, x, top) => pen.Text(value, x, top));
    }

    private Block Label(string text, float scale)
    {
        var label = Small(text, scale);
        return new Block(label.Height + scale, (pen, x, top) => pen.Muted(label, x, top));
    }

    private Paragraph Small(string text, float scale) => type.Regular(text, 6.5f * scale, width);

    private sealed record Block(float Height, Action<CardPen, float, float> Draw);
}
