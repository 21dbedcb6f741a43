using Microsoft.Playwright;

namespace Cawb.Web.Tests.Browser;

/// <summary>A walk through a page by Tab alone.</summary>
internal static class KeyboardWalk
{
    // What a keyboard must reach: of radio buttons with one name one, of what is hidden or switched off nothing.
    private const string Mark = """
        () => {
          const seen = new Set();
          const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
            e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY')
            && !(e.type === 'radio' && (seen.has(e.name) || !seen.add(e.name))));
          // The walk begins above the first of them.
          document.body.tabIndex = -1;
          document.body.focus();
          stops.forEach((e, i) => e.dataset.stop = i);
          return stops.map(e => e.outerHTML.slice(0, 120));
        }
        """;

    // Which of them has the focus, and whether an outline or a shadow around it, or around what it labels, shows that.
    private const string Where = """
        () => {
          const e = document.activeElement;
          if (!e || e === document.body) { return null; }
          const shows = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
          const stop = e.type === 'radio' ? document.querySelector(`[name="${e.name}"][data-stop]`) ?? e : e;
          return [stop.dataset.stop ?? '', shows(getComputedStyle(e)) ? 'shows' : '', e.outerHTML.slice(0, 120)];
        }
        """;

    /// <summary>Demands that every stop is reached and seen.</summary>
    public static async Task AssertCompleteAsync(IPage page, string address)
    {
        var stops = await page.EvaluateAsync<string[]>(Mark);
        var reached = new HashSet<string>();
        for (var press = 0; press < stops.Length + 5; press++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.EvaluateAsync<string[]?>(Where) is not [var stop, var shows, var element])
            {
                break;
            }

            Assert.True(shows.Length > 0, $"/{address}: nothing shows that the keyboard is at {element}");
            reached.Add(stop);
        }

        var missed = stops.Where((_, i) => !reached.Contains(i.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.True(!missed.Any(), $"/{address}: Tab does not reach {string.Join(" or ", missed)}");
    }
}
