"""A front end without Django: PORTAL=http://localhost:8000 python front_end.py, then http://localhost:8080/km/ in a browser.

Its preview: start the portal with HEADLESS_PREVIEW_URL=http://localhost:8080/preview
"""

import json
import os
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import urlopen

SAMPLE = "Sample content: do not rely on it."
PORTAL = os.environ.get("PORTAL", "http://localhost:8000")


def ask(what, **parameters):
    """The portal's answer as Python's own types."""
    with urlopen(f"{PORTAL}/api/v1/{what}/?{urlencode(parameters)}", timeout=20) as answer:  # noqa: S310
        return json.load(answer)


def shown(value):
    """Any field of a page as HTML: formatted texts are HTML already, blocks are `type` and `value`."""
    if isinstance(value, list):
        return "".join(f"<div class='{escape(block['type'])}'>{shown(block['value'])}</div>" for block in value)
    if isinstance(value, dict):
        if "url" in value and "title" in value:
            return f"<p><a href='{escape(value['url'] or '')}'>{escape(value['title'])}</a></p>"
        return "".join(shown(part) for part in value.values() if part)
    value = str(value or "")
    return value if value.startswith("<") else f"<p>{escape(value)}</p>"  # formatted texts begin with a tag, the rest is plain


def rendered(page, language):
    """A whole document around a page: the menus, the page, the notices that readers must see."""
    menus, words = ask("navigation", locale=language), ask("interface", locale=language)["strings"]
    links = [f"<li><a href='{escape(link['url'])}'>{escape(link['title'])}</a></li>" for link in [*menus["sections"], *menus["menu"]]]
    sample = f"<p><strong>{escape(words[SAMPLE])}</strong></p>" if page["is_sample"] else ""
    return (
        f"<!doctype html><html lang='{page['language']}'><meta charset='utf-8'><title>{escape(page['title'])}</title>"
        f"<nav><ul>{''.join(links)}</ul></nav><main>{sample}<h1>{escape(page['title'])}</h1><p>{escape(page['summary'])}</p>"
        f"{''.join(shown(value) for value in page['content'].values())}</main></html>"
    )


class FrontEnd(BaseHTTPRequestHandler):
    def do_GET(self):
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        try:
            if parts.path == "/preview":
                page, language = ask("preview", token=asked.get("token", "")), asked.get("locale", "km")
            else:
                page, language = ask("pages", path=parts.path), parts.path.split("/")[1]
            moved = page.get("redirected_from")
            self.send_response(301 if moved else 200)
            if moved:
                self.send_header("Location", page["address"])
            body = rendered(page, language).encode()
        except HTTPError as problem:
            self.send_response(problem.code)
            body = escape(json.load(problem).get("detail", "")).encode()
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(body)


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", "8080"))), FrontEnd).serve_forever()
