"""An archive whose list of contents alone would fill the memory."""

import struct
import subprocess
import sys
from pathlib import Path

import pytest

MEMBER = struct.pack("<4s6H3I5H2I", b"PK\x01\x02", 20, 20, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0) + b"a"
DETECT = """
import re, resource, sys
from pathlib import Path
from datasets.tabular import detect
detect(Path(sys.argv[2]), filename="small.csv")
used = int(re.search(r"VmData:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
resource.setrlimit(resource.RLIMIT_DATA, (used + (100 << 20), used + (100 << 20)))
print(detect(Path(sys.argv[1]), filename=Path(sys.argv[1]).name).kind)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="asks the kernel how much memory is in use")
def test_a_million_members_are_not_read_into_memory(tmp_path: Path) -> None:
    crowded, small = tmp_path / "crowded.zip", tmp_path / "small.csv"
    small.write_text("a,b\n1,2\n")
    local = struct.pack("<4s5H3I2H", b"PK\x03\x04", 20, 0, 0, 0, 0, 0, 0, 0, 1, 0) + b"a"
    members = MEMBER * 1_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(members), len(local), 0)
    crowded.write_bytes(local + members + end)
    found = subprocess.run([sys.executable, "-c", DETECT, str(crowded), str(small)], capture_output=True, text=True)
    assert found.stdout.split() == ["file"], found.stderr[-500:]
