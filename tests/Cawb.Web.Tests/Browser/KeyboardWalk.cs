using Microsoft.Playwright;

namespace Cawb.Web.Tests.Browser;

/// <summary>A walk through a page by Tab alone.</summary>
internal static class KeyboardWalk
{
    // Marks what a keyboard must reach: of radio buttons with one name one, of what is hidden or switched off nothing. From then on it notes each of them that gets the focus, and whether an outline
    // or a shadow shows that.
    private const string Watch = """
        () => {
          const seen = new Set();
          const stops = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')].filter(e =>
            e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }) && !(e.closest('details:not([open])') && e.tagName !== 'SUMMARY')
            && !(e.type === 'radio' && (seen.has(e.name) || !seen.add(e.name))));
          stops.forEach((e, i) => e.dataset.stop = i);
          const shows = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
          window.reached = new Set();
          window.unseen = new Set();
          document.addEventListener('focusin', event => {
            const e = event.target, stop = e.type === 'radio' ? document.querySelector(`[name="${e.name}"][data-stop]`) ?? e : e;
            reached.add(stop.dataset.stop);
            if (!shows(getComputedStyle(e))) { unseen.add(e.outerHTML.slice(0, 120)); }
          });
          // The walk begins above the first of them.
          document.body.tabIndex = -1;
          document.body.focus();
          return stops.length;
        }
        """;

    private const string Missed = "[...document.querySelectorAll('[data-stop]')].filter(e => !reached.has(e.dataset.stop)).map(e => e.outerHTML.slice(0, 120))";

    /// <summary>Demands that every stop is reached and seen.</summary>
    public static async Task AssertCompleteAsync(IPage page, string address)
    {
        var stops = await page.EvaluateAsync<int>(Watch);
        await Task.WhenAll(Enumerable.Range(0, stops).Select(_ => page.Keyboard.PressAsync("Tab")));
        var (missed, unseen) = (await page.EvaluateAsync<string[]>(Missed), await page.EvaluateAsync<string[]>("[...unseen]"));
        Assert.True(missed.Length == 0, $"/{address}: Tab does not reach {string.Join(" or ", missed)}");
        Assert.True(unseen.Length == 0, $"/{address}: nothing shows that the keyboard is at {string.Join(" or ", unseen)}");
    }
}
