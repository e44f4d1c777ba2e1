"""A catalogue to measure on, written straight into the tables: `python benchmarks/fill.py 2000 [--rows 100000]`.

For a portal of its own (`VAR_DIR=…`), never for one that people use: rows are made in bulk, without revisions and rights. Makes up to
N datasets with two links each, twenty organizations, ten groups, sixty tags and texts in three languages, the same at each call;
`benchmark-table` with a table of `--rows` rows, uploaded and checked as any other; builds the search index and prints a token.
"""

# ruff: noqa: E402
import argparse
import csv
import io
import os
import random
import sys
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

import django

django.setup()

from django.contrib.auth import get_user_model
from django.core.management import call_command

from datasets.models import Dataset, Group, Licence, Organization, Resource, Tag
from datasets.services.datasets import create_dataset
from datasets.services.detect_version import detect_version
from datasets.services.publication import publish_dataset
from datasets.services.receive_file import receive_file
from datasets.services.resources import create_resource
from datasets.services.tokens import create_token
from datasets.services.validate_version import validate_version
from datasets.services.versions import create_version
from search.services.reindex import reindex

BATCH = 5000
KHMER = """
សេវា ចុះបញ្ជី ដីធ្លី ក្រុង ព្រះសីហនុ សិទ្ធិ លំនៅឋាន បណ្តេញ លិខិត សាលា ឃុំ សង្កាត់ ខណ្ឌ ភូមិ ខេត្ត សុខភាព មណ្ឌល
កុមារ ស្ត្រី វ៉ាក់សាំង ទឹកស្អាត អគ្គិសនី ប្រជាជន ទិន្នន័យ គម្រោង អភិវឌ្ឍន៍ ច្បាប់ តម្លៃ ឆ្នាំ ការងារ អាជ្ញាធរ
មូលដ្ឋាន បរិស្ថាន ទឹកជំនន់ គ្រួសារ ក្រីក្រ អត្តសញ្ញាណប័ណ្ណ សំបុត្រ កំណើត អាពាហ៍ពិពាហ៍ ផ្សារ កំពង់ផែ
"""
ENGLISH = """
service registration land city right housing eviction letter school commune district village province health
centre child woman vaccine water electricity people data project development law price year work authority
environment flood family poverty identity
"""
CHINESE = """
土地 登记 住房 权利 城市 服务 健康 中心 儿童 妇女 疫苗 数据 项目 法律 洪水 家庭 村庄 学校
"""


def _text(chance: random.Random, words: str, count: int, space: str, every: int) -> str:
    known = words.split()
    return "".join(chance.choice(known) + (space if index % every == every - 1 else "") for index in range(count))


def shelves(chance: random.Random) -> tuple[list[Organization], list[Group], list[Tag]]:
    """Organizations, groups and tags, made where they are missing."""
    titles = lambda: {"title_km": _text(chance, KHMER, 4, " ", 4), "title_en": _text(chance, ENGLISH, 3, " ", 1)}  # noqa: E731
    return (
        [Organization.objects.get_or_create(name=f"benchmark-office-{number}", defaults=titles())[0] for number in range(20)],
        [Group.objects.get_or_create(name=f"benchmark-theme-{number}", defaults=titles())[0] for number in range(10)],
        [Tag.objects.get_or_create(name=f"{word} {number}")[0] for word in ENGLISH.split()[:30] for number in (1, 2)],
    )


def fill(count: int) -> None:
    """Datasets `benchmark-0` … up to `count`; those that are there stay."""
    chance = random.Random(7)
    offices, themes, tags = shelves(chance)
    licences = list(Licence.objects.filter(code__in=["cc-by", "odc-odbl", "cc-zero", "other-open"]))
    there = set(Dataset.objects.filter(name__startswith="benchmark-").values_list("name", flat=True))
    names = [name for number in range(count) if (name := f"benchmark-{number}") not in there]
    for start in range(0, len(names), BATCH):
        made = Dataset.objects.bulk_create(
            Dataset(
                name=name,
                organization=chance.choice(offices),
                licence=chance.choice(licences),
                live=True,
                has_unpublished_changes=False,
                title_km=_text(chance, KHMER, 5, " ", 5),
                title_en=_text(chance, ENGLISH, 5, " ", 1),
                title_zh_hans=_text(chance, CHINESE, 4, "", 1),
                summary_en=_text(chance, ENGLISH, 12, " ", 1),
                notes_km=_text(chance, KHMER, 40, " ", 5),
                notes_en=_text(chance, ENGLISH, 60, " ", 1),
                source_name="NIS",
                contact_email="data@example.org",
                extras={"update": "yearly"},
            )
            for name in names[start : start + BATCH]
        )
        through = Dataset.tags.through
        through.objects.bulk_create(through(dataset_id=row.pk, tag_id=tag.pk) for row in made for tag in chance.sample(tags, 4))
        through = Dataset.groups.through
        through.objects.bulk_create(through(dataset_id=row.pk, group_id=chance.choice(themes).pk) for row in made)
        Resource.objects.bulk_create(
            Resource(
                dataset=row, position=place, name_en=f"File {place}", link_url=f"https://example.org/{row.name}.{form.lower()}", format=form
            )
            for row in made
            for place, form in enumerate(chance.sample(["CSV", "XLSX", "PDF", "GeoJSON"], 2))
        )
        print(f"{start + len(made)} of {len(names)} datasets", flush=True)


def table(rows: int, user: object) -> None:
    """`benchmark-table`, unless it is there."""
    if Dataset.objects.filter(name="benchmark-table").exists():
        return
    chance = random.Random(7)
    communes = [f"{_text(chance, KHMER, 2, '', 1)} {number}" for number in range(200)]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["commune", "village_en", "surveyed", "households", "share", "poor"])
    for number in range(rows):
        day = date(2020, 1, 1) + timedelta(days=number % 1800)
        words = _text(chance, ENGLISH, 3, " ", 1)
        writer.writerow([chance.choice(communes), words, day, chance.randrange(5000), round(chance.random(), 4), number % 3 == 0])
    dataset = create_dataset(
        user=user, organization=Organization.objects.get(name="benchmark-office-0"), name="benchmark-table", fields={"title_en": "Table"}
    )
    publish_dataset(dataset=dataset, user=user)
    resource = create_resource(dataset=dataset, user=user, fields={"name_en": "Villages"})
    kept = receive_file(stream=io.BytesIO(out.getvalue().encode()), filename="villages.csv", user=user)
    version = create_version(resource=resource, data_file=kept, filename="villages.csv", user=user, confirm=True, publish=True)
    print("table:", validate_version(version=detect_version(version=version)).state)


def main() -> None:
    """Fill, index, and say how to measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("datasets", type=int, nargs="?", default=0)
    parser.add_argument("--rows", type=int, default=100_000)
    arguments = parser.parse_args()
    if not arguments.datasets:
        print("Not filled: say how many datasets, and VAR_DIR=… of a portal for measuring only.")
        return
    os.environ.setdefault("SAMPLE", "0")
    call_command("set_up")
    user, _new = get_user_model().objects.get_or_create(username="benchmark", defaults={"is_superuser": True})
    fill(arguments.datasets)
    table(arguments.rows, user)
    print(f"index: {reindex()} documents")
    print(f"TOKEN={create_token(user=user, name='benchmark')[1]}")


if __name__ == "__main__":
    main()
