namespace TradeIdentity.Authority.Operators.Names;

/// <summary>How many letters are wrong between what was asked for and a name.</summary>
internal static class NameDistance
{
    /// <summary>Each word of the query stands in the name or begins a word of it, in any order, and no word of the name stands for two.</summary>
    /// <returns>Wrong letters; null: it is another name.</returns>
    internal static int? Of(IReadOnlyList<string> query, IReadOnlyList<string> name)
    {
        var sum = 0;
        Span<bool> taken = stackalloc bool[Math.Min(name.Count, 64)];
        foreach (var word in query)
        {
            var (best, at) = (NamePieces.WrongLetters(word) + 1, -1);
            for (var i = 0; i < taken.Length; i++)
            {
                if (!taken[i] && OfPrefix(word, name[i], best - 1) is { } wrong && wrong < best)
                {
                    (best, at) = (wrong, i);
                }
            }

            if (at < 0)
            {
                return null;
            }

            taken[at] = true;
            sum += best;
        }

        return sum;
    }

    /// <summary>To the nearest beginning of the name's word: a letter added, left out, another, or two that changed places.</summary>
    private static int? OfPrefix(string asked, string word, int most)
    {
        if (asked.Length > word.Length + most || asked.Length > 250)
        {
            return null;
        }

        if (word.StartsWith(asked, StringComparison.Ordinal))
        {
            return 0;
        }

        if (most == 0)
        {
            return null;
        }

        // A row for each letter asked for; of the word no more than can matter.
        var width = Math.Min(word.Length, asked.Length + most);
        Span<int> before = stackalloc int[width + 1];
        Span<int> last = stackalloc int[width + 1];
        Span<int> row = stackalloc int[width + 1];
        for (var i = 0; i <= width; i++)
        {
            last[i] = i;
        }

        for (var a = 1; a <= asked.Length; a++)
        {
            row[0] = a;
            var least = a;
            for (var w = 1; w <= width; w++)
            {
                row[w] = Math.Min(Math.Min(row[w - 1], last[w]) + 1, last[w - 1] + (asked[a - 1] == word[w - 1] ? 0 : 1));
                if (a > 1 && w > 1 && asked[a - 1] == word[w - 2] && asked[a - 2] == word[w - 1])
                {
                    row[w] = Math.Min(row[w], before[w - 2] + 1);
                }

                least = Math.Min(least, row[w]);
            }

            if (least > most)
            {
                return null;
            }

            var spent = before;
            before = last;
            last = row;
            row = spent;
        }

        var nearest = most + 1;
        foreach (var wrong in last)
        {
            nearest = Math.Min(nearest, wrong);
        }

        return nearest <= most ? nearest : null;
    }
}
