"""What a browser can measure on a page, each as a list of plain sentences: empty is good."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

# Stacked signs above and below; none may be cut or reach the next line.
TALL_KHMER = "ញ្ជុំ ស្ត្រី កម្ពុជា ឡើង ស្ដ្រី"
RULES = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}  # all that another colour scheme can change
# Words in Latin letters that stand in a Khmer or Chinese sentence as they are: names of formats, products and the like.
MOST_LATIN_WORDS = 2


def axe_findings(page: Page, only: dict[str, Any] = RULES) -> list[str]:
    """What axe holds against the page: WCAG 2.2 AA and its best practices, with the elements meant; of a table the first rows."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(
        """async (only) => (await axe.run({ exclude: ['tbody tr:nth-of-type(n + 6)'] }, { runOnly: only, resultTypes: ['violations'] }))
          .violations.map((one) => `${one.id} (${one.impact}): ${one.help}: ${one.nodes.map((node) => node.html.slice(0, 160))}`)""",
        only,
    )


def axe_in_every_light(page: Page) -> list[str]:
    """The same at both widths, light and dark, without loading the page anew."""
    found = []
    for width, schemes in ((360, ("light", "dark")), (1280, ("dark", "light"))):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in schemes:
            page.emulate_media(color_scheme=scheme)
            found += [f"{width} px, {scheme}: {what}" for what in axe_findings(page, RULES if scheme == "light" else COLOURS)]
    return found


def foreign_parts(page: Page) -> list[str]:
    """Texts under the `lang` of another language than their letters are of (WCAG 3.1.2); code, proper names and files are exempt."""
    return page.evaluate(
        """(most) => {
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = [];
          const count = (text, letters) => (text.match(letters) ?? []).length;
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const parent = node.parentElement, language = parent.closest('[lang]').lang;
            if (parent.closest('script, style, code, pre, .mono, [download], noscript, a[href^="mailto:"]')) continue;
            const text = node.data.replace(/\\S+(\\.[a-z]|[@_/])\\S*/g, ''); // files, addresses, names in data
            const khmer = count(text, /[\\u1780-\\u17ff]/g), han = count(text, /[\\u4e00-\\u9fff]/g), latin = count(text, /[a-z]/gi);
            const words = count(text, /(?<![\\w.])[a-z]{3,}(?![\\w.])/g);  // a proper name has a capital
            const own = Math.max(khmer, han), is_latin = latin > 8 * own && words > most;
            if (!own && !is_latin) continue;
            const is_english = language === 'en', is_chinese = language.startsWith('zh');
            const fits = is_latin ? is_english : is_english ? latin > own : is_chinese ? han >= khmer : khmer >= han;
            if (!fits) found.push(`lang=${language}: ${node.data.trim().slice(0, 80)} in ${parent.outerHTML.slice(0, 100)}`);
          }
          return found;
        }""",
        MOST_LATIN_WORDS,
    )


def small_targets(page: Page) -> list[str]:
    """Controls lower or narrower than 44 px. Links inside a sentence are exempt (WCAG 2.5.8)."""
    return page.evaluate(
        """() => [...document.querySelectorAll(
            '.button, button, select, textarea, summary, input:not([type=checkbox], [type=radio], [type=hidden]), .choice, ' +
            '.languages a, .site-name, .crumbs a, .pager a, .site-footer nav a, .downloads a')]
          .filter(e => e.checkVisibility())
          .map(e => [e, e.getBoundingClientRect()])
          .filter(([e, box]) => box.height < 43.5 || (box.width < 43.5 && !e.matches('.site-footer nav a, .crumbs a')))
          .map(([e, box]) => `${e.outerHTML.slice(0, 120)} is ${Math.round(box.width)} x ${Math.round(box.height)}`)"""
    )


def cramped_khmer(page: Page) -> list[str]:
    """Elements in which the tallest Khmer words would leave their line, or a box that cuts."""
    return page.evaluate(
        """(words) => {
          const pen = document.createElement('canvas').getContext('2d');
          const texts = 'h1, h2, h3, p, li, a, .button, .badge, td, th, input, select, summary, label, dt, dd, figcaption';
          const others = '.visually-hidden, .visually-hidden *, [type=checkbox], [type=radio]';
          return [...document.querySelectorAll(texts)]
            .filter(e => e.checkVisibility() && e.matches(':lang(km)') && !e.matches(others))
            .map(e => {
              const style = getComputedStyle(e);
              pen.font = style.font;
              const ink = pen.measureText(words);
              const tall = ink.actualBoundingBoxAscent + ink.actualBoundingBoxDescent;
              const line = parseFloat(style.lineHeight) || 1.2 * parseFloat(style.fontSize);
              const room = e.matches('input, select') ? e.clientHeight - 2 : line;
              const spaced = style.letterSpacing !== 'normal' || style.fontStyle !== 'normal' || style.textAlign === 'justify';
              return [e, tall, room, spaced];
            })
            .filter(([e, tall, room, spaced]) => tall > room || spaced)
            .map(([e, tall, room, spaced]) => `${e.outerHTML.slice(0, 120)}: ink ${tall.toFixed(1)} px in ${room.toFixed(1)} px` +
              (spaced ? ', spaced, slanted or justified' : ''));
        }""",
        TALL_KHMER,
    )


def stranded_marks(page: Page) -> list[str]:
    """Chinese headings whose last mark stands on a line of its own."""
    return page.evaluate(
        """() => [...document.querySelectorAll('h1, h2, h3, h4')]
          .filter(e => e.checkVisibility() && e.matches(':lang(zh)') && /[？！。：）]$/.test(e.textContent.trim()))
          .filter(e => {
            const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT), letters = [];
            for (let node = walker.nextNode(); node; node = walker.nextNode())
              for (let at = 0; at < node.data.length; at++) if (node.data[at].trim()) letters.push([node, at]);
            const [before, last] = letters.slice(-2).map(([node, at]) => {
              const range = document.createRange();
              range.setStart(node, at);
              range.setEnd(node, at + 1);
              return range.getBoundingClientRect();
            });
            return last.top > before.top + before.height / 2;
          })
          .map(e => `the last mark stands alone: ${e.textContent.trim()}`)"""
    )


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll, pre'))
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat(`scrolls to ${document.documentElement.scrollWidth}`)"""
    )


def unseen_focus(page: Page) -> str | None:
    """What is wrong with how the focus is shown: no ring, out of sight, or under something else (WCAG 2.4.7, 2.4.11); None: nobody."""
    return page.evaluate(
        """() => { const e = document.activeElement; if (e === document.body) return null;
          const style = getComputedStyle(e), box = e.getClientRects()[0] ?? e.getBoundingClientRect();
          const ring = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3;
          const inside = box.bottom > 0 && box.top < innerHeight && box.width > 0;
          const seen = [0.1, 0.5, 0.9].some(part => {
            const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
            return top && (e.contains(top) || top.contains(e)); });
          return ring && inside && seen ? '' : `${e.outerHTML.slice(0, 120)}: ring ${ring}, in sight ${inside}, uncovered ${seen}`; }"""
    )


def walk_of_focus(page: Page, key: str = "Tab", limit: int = 80) -> list[str]:
    """Walk through the page with Tab, or with Shift+Tab against sticky bars; where the focus is not seen."""
    problems = []
    if key != "Tab":
        page.keyboard.press("End")
    for _ in range(limit):
        page.keyboard.press(key)
        if (found := unseen_focus(page)) is None:
            break
        problems += [found] if found else []
    return problems


def tab_to(page: Page, selector: str, limit: int = 150) -> None:
    """Press Tab until the first visible match of `selector` has the focus; on the way the focus must always be seen."""
    wanted = page.locator(f"{selector} >> visible=true").first
    for _ in range(limit):
        page.keyboard.press("Tab")
        assert not (problem := unseen_focus(page)), problem
        if wanted.evaluate("e => e === document.activeElement"):
            return
    raise AssertionError(f"{limit} times Tab do not lead to {selector}")
