"""Places in bulk: a table out, a file in, told in words before anything is written, all or nothing, and back again."""

import csv
import io
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from pages.models import Place, PlaceImport

pytestmark = pytest.mark.usefixtures("city")
SignIn = Callable[..., Client]


@pytest.fixture
def author(sign_in: SignIn) -> Client:
    browser = sign_in("author")
    UserProfile.objects.create(user=User.objects.get(username="author"), preferred_language="en")
    return browser


def table(browser: Client) -> list[list[str]]:
    text = browser.get(reverse("pages_place_table_csv")).content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def upload(browser: Client, rows: list[list[str]], name: str = "ទីកន្លែង.csv") -> str:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    answer = browser.post(reverse("pages_place_table"), {"file": SimpleUploadedFile(name, out.getvalue().encode("utf-8-sig"))})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_screen_has_a_heading(author: Client) -> None:
    assert author.get(reverse("pages_place_table")).content.decode().count('<h1 class="w-header__title"') == 1


def test_a_table_goes_out_comes_back_changed_and_can_be_taken_back(author: Client) -> None:
    rows = table(author)
    head = rows[0]
    health = next(row for row in rows if row[0] == "sample-health-centre")
    health[head.index("name_km")] = "មណ្ឌលសុខភាពថ្មី"
    health[head.index("services_km")] = "ចាក់វ៉ាក់សាំង; ពិនិត្យផ្ទៃពោះ"
    fresh = dict.fromkeys(head, "") | {
        "slug": "sala-2",
        "kind": "school",
        "name_km": "សាលាបឋមសិក្សា",
        "is_sample": "true",
        "latitude": "10.61",
    }
    fresh["longitude"] = "103.53"
    rows.append(list(fresh.values()))

    html = upload(author, rows)
    assert "មណ្ឌលសុខភាពថ្មី" in html
    assert "សាលាបឋមសិក្សា" in html
    assert "2 places change or are new, 1 stay as they are." in html
    assert not Place.objects.filter(slug="sala-2").exists(), "nothing is written before it was seen"

    sha = html.split('name="write" value="')[1][:64]
    author.post(reverse("pages_place_table"), {"write": sha, "filename": "ទីកន្លែង.csv"})
    changed = Place.objects.get(slug="sample-health-centre")
    assert (changed.name_km, changed.service_lines()) == ("មណ្ឌលសុខភាពថ្មី", ["ចាក់វ៉ាក់សាំង", "ពិនិត្យផ្ទៃពោះ"])
    assert float(Place.objects.get(slug="sala-2").latitude) == 10.61
    assert "0 places change or are new, 3 stay as they are." in upload(author, table(author))

    made = PlaceImport.objects.get()
    author.post(reverse("pages_place_table"), {"undo": made.pk})
    assert Place.objects.get(slug="sample-health-centre").name_km == "មណ្ឌលសុខភាព (គំរូ)"
    assert not Place.objects.filter(slug="sala-2").exists()
    assert "taken back already" in author.post(reverse("pages_place_table"), {"undo": made.pk}).content.decode()


def test_what_somebody_changed_since_is_not_thrown_away(author: Client) -> None:
    rows = [["slug", "kind", "name_km", "is_sample"], ["sample-legal-aid", "legal_aid", "ជំនួយផ្នែកច្បាប់", "true"]]
    sha = upload(author, rows).split('name="write" value="')[1][:64]
    author.post(reverse("pages_place_table"), {"write": sha, "filename": "a.csv"})
    place = Place.objects.get(slug="sample-legal-aid")
    assert (place.name_km, place.hours_km) == ("ជំនួយផ្នែកច្បាប់", "ព្រឹក"), "columns that are not in the file stay"
    place.hours_km = "រសៀល"
    place.save()
    html = author.post(reverse("pages_place_table"), {"undo": PlaceImport.objects.get().pk}).content.decode()
    assert "Changed since, so not taken back: sample-legal-aid." in html
    assert Place.objects.get(slug="sample-legal-aid").hours_km == "រសៀល"


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (["a", "palace", "ក", "true", "", ""], "kind"),
        (["a", "school", "", "true", "", ""], "name_km"),
        (["", "school", "ក", "true", "", ""], "slug"),
        (["a", "school", "ក", "true", "ព្រឹក", ""], "ព្រឹក"),
        (["a", "school", "ក", "true", "", "012 345 678"], "somebody might call it"),
        (["a", "school", "ក", "perhaps", "", ""], "is_sample"),
        (["កខ", "school", "ក", "true", "", ""], "slug"),
    ],
)
def test_one_bad_row_stops_the_whole_file_and_is_told_with_its_row(author: Client, row: list[str], says: str) -> None:
    head = ["slug", "kind", "name_km", "is_sample", "opening", "phone"]
    html = upload(author, [head, ["b", "school", "សាលា", "true", "24/7", ""], row])
    assert "nothing can be written" in html
    assert "<td>3</td>" in html
    assert says in html
    assert 'name="write"' not in html
    assert Place.objects.count() == 2


def test_columns_and_files_that_do_not_fit_are_told_in_words(author: Client, sign_in: SignIn) -> None:
    html = upload(author, [["slug", "kind", "ឈ្មោះ"], ["a", "school", "ក"]])
    assert "There is no column “ឈ្មោះ”" in html
    assert "The column “name_km” is missing" in html
    answer = author.post(reverse("pages_place_table"), {"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04 no workbook")})
    assert "nothing can be written" in answer.content.decode()
    assert "Choose a file first" in author.post(reverse("pages_place_table"), {}).content.decode()
    translator = sign_in("translator")
    assert translator.get(reverse("pages_place_table_csv")).status_code in (302, 403)
    assert translator.post(reverse("pages_place_table"), {"write": "0" * 64}).status_code in (302, 403)
