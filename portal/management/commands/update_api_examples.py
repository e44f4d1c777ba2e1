"""`manage.py update_api_examples`: the sample city's answers to every operation of /api/v1/, kept as examples of the OpenAPI document."""

import json
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.management.base import BaseCommand, CommandError
from django.test import Client

from pages.drafts import share_draft
from pages.models import PlainPage
from portal.api.examples import FILE, shortened
from portal.api.schema import openapi

SITE = "https://portal.example"
TABLE = "commune-idpoor-households"
QUERIES = {
    "datasets": "q=ភូមិ&format=CSV&limit=1",
    "pages": "path=/en/land-and-housing/eviction-notice/",
    "places": "near=10.63,103.52&limit=1",
    "interface": "locale=km",
    "join": "limit=1",
    "navigation": "locale=en",
    "needs": "limit=1",
    "rows": "poor_households__gte=1000&sort=-poor_households&limit=1",
    "search": "q=ដីធ្លី&limit=1",
    "search_suggestions": "q=ដី&language=km",
}


class Command(BaseCommand):
    help = "Write portal/api/examples.json anew from the sample city (load_sample first). For developers, after a change of the API."

    def handle(self, *args: Any, **options: Any) -> None:
        client = Client(headers={"Accept-Language": "en", "Host": "localhost"})
        ids = self._ids(client)
        sql = f'SELECT count(*) AS n FROM "{ids["uuid"]}"'  # noqa: S608
        found: dict[str, dict[str, Any]] = {}
        for path, operations in openapi()["paths"].items():
            for method, operation in operations.items():
                name = operation["operationId"]
                query = QUERIES.get(name) or {
                    "sql": f"q={sql}",
                    "preview": f"token={ids['token']}",
                    "difference": f"from={ids['difference']['uuid']}",
                }.get(name, "")
                place = path.format(**(ids | ids.get(name, {})))
                address = f"{place}?{query}" if query else place
                answer = client.get(address) if method == "get" else client.post(address, {"q": sql}, content_type="application/json")
                if answer.status_code != 200:
                    raise CommandError(f"{name}: {address} answers {answer.status_code}. Load the sample city first.")
                body = json.loads(answer.content.decode().replace(settings.SITE_URL, SITE).replace("http://localhost", SITE))
                request = f"{method.upper()} {address}".replace(ids["token"], "…")
                found[name] = {"request": request, "answer": shortened(body)}
        FILE.write_text(json.dumps(found, ensure_ascii=False, indent=1, sort_keys=True) + "\n")
        self.stdout.write(f"{len(found)} examples")

    def _ids(self, client: Client) -> dict[str, Any]:
        """What to put into the paths: of any operation, and of single ones under their names."""
        read = lambda path: client.get(f"/api/v1/{path}").json()  # noqa: E731
        try:
            dataset = read(f"datasets/{TABLE}/")
            versions = read(f"resources/{dataset['resources'][0]['id']}/versions/")["results"]
        except KeyError:
            raise CommandError("The sample city is not there: run load_sample first.") from None
        return {
            "uuid": dataset["resources"][0]["id"],
            "id_or_name": TABLE,
            "id": read("pages/?path=/en/land-and-housing/eviction-notice/")["id"],
            "slug": read("places/")["results"][0]["id"],
            "token": share_draft(page=PlainPage.objects.filter(live=True).first(), user=AnonymousUser()),
            "chart": {"uuid": read("charts/")["results"][0]["id"]},
            "difference": {"uuid": versions[0]["id"]},
            "organization": {"id_or_name": dataset["organization"]["name"]},
            "group": {"id_or_name": dataset["groups"][0]["name"]},
        }
