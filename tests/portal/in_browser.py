"""What a browser can measure on a page, each as a list of plain sentences: empty is good."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Stacked signs above and below; none may be cut or reach the next line.
TALL_KHMER = "ញ្ជុំ ស្ត្រី កម្ពុជា ឡើង ស្ដ្រី"
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


def axe_findings(page: Page) -> list[str]:
    """What axe holds against the page: WCAG 2.2 AA and its best practices, with the elements meant."""
    results = Axe().run(page, options=RULES).response
    return [
        f"{violation['id']} ({violation['impact']}): {violation['help']}: {[node['html'][:160] for node in violation['nodes']]}"
        for violation in results["violations"]
    ]


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


def overflow(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return page.evaluate(
        """() => document.documentElement.scrollWidth <= innerWidth ? [] :
          [...document.querySelectorAll('body *')]
            .filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-scroll, pre'))
            .map(e => e.outerHTML.slice(0, 120)).slice(0, 5).concat(`scrolls to ${document.documentElement.scrollWidth}`)"""
    )


def hidden_focus(page: Page, limit: int = 80) -> list[str]:
    """Walk through the page with Tab; what gets the focus without showing it, or out of sight."""
    problems = []
    for _ in range(limit):
        page.keyboard.press("Tab")
        found = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
              const s = getComputedStyle(e), box = e.getBoundingClientRect();
              const ring = s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 3;
              const seen = box.bottom > 0 && box.top < innerHeight && box.width > 0;
              return ring && seen ? '' : `${e.outerHTML.slice(0, 120)}: ring ${ring}, in sight ${seen}`; }"""
        )
        if found is None:
            break
        if found:
            problems.append(found)
    return problems


def covered_focus(page: Page, limit: int = 60) -> list[str]:
    """Walk backwards with Shift+Tab, against sticky bars; what gets the focus under something else (WCAG 2.4.11)."""
    problems = []
    page.keyboard.press("End")
    for _ in range(limit):
        page.keyboard.press("Shift+Tab")
        found = page.evaluate(
            """() => { const e = document.activeElement; if (e === document.body) return null;
              const box = e.getClientRects()[0] ?? e.getBoundingClientRect();
              const seen = [0.1, 0.5, 0.9].some(part => {
                const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height * part);
                return top && (e.contains(top) || top.contains(e)); });
              return seen ? '' : e.outerHTML.slice(0, 120); }"""
        )
        if found is None:
            break
        if found:
            problems.append(found)
    return problems
