"""What a table's page offers to copy and run, copied and run."""

import html
import re
import shutil
import subprocess
import sys
from urllib.request import urlopen

import pytest
from django.test import Client

from tests.datasets.ckan.conftest import City, city, server  # noqa: F401


def copied(server: str, city: City) -> dict[str, str]:  # noqa: F811
    page = urlopen(f"{server}/km/dataset/villages/resource/{city.table.uuid}/").read().decode()
    return {name: html.unescape(code) for name, code in re.findall(r'<code id="api-(\w+)">(.*?)</code>', page, re.DOTALL)}


def test_snippets_run_as_they_are(server: str, city: City) -> None:  # noqa: F811
    found = copied(server, city)
    assert set(found) == {"curl", "python", "r", "javascript", "excel"}
    assert all(server in code for code in found.values())
    done = subprocess.run([sys.executable, "-c", found["python"]], capture_output=True, text=True, encoding="utf-8", timeout=60)
    assert "ភូមិថ្មី" in done.stdout, done.stderr
    if not shutil.which("curl"):
        pytest.skip("curl is not installed")
    assert "ភូមិថ្មី" in subprocess.run(found["curl"], shell=True, capture_output=True, text=True, timeout=60).stdout


def test_the_addresses_for_r_and_excel_answer_the_table(server: str, city: City, client: Client) -> None:  # noqa: F811
    found = copied(server, city)
    for name in ("r", "excel"):
        (address,) = re.findall(r'"(http[^"]+export\.csv)"', found[name])
        answer = client.get(address.removeprefix(server))
        assert "ភូមិថ្មី" in b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
