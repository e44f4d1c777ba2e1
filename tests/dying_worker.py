"""A worker that is killed at a named moment: `python -m tests.dying_worker package.module.function before|after`.

It is the real command; only the named function is wrapped, to send its own process SIGKILL as it begins or when it is done.
"""

import os
import signal
import sys
from importlib import import_module
from typing import Any

import django
from django.core.management import call_command


def die_at(name: str, moment: str) -> None:
    place, function = name.rsplit(".", 1)
    try:
        owner: Any = import_module(place)
    except ModuleNotFoundError:
        module, kind = place.rsplit(".", 1)
        owner = getattr(import_module(module), kind)
    original = getattr(owner, function)

    def dying(*args: Any, **kwargs: Any) -> Any:
        if moment == "after":
            original(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, function, dying)


def main(name: str, moment: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings"
    django.setup()
    die_at(name, moment)
    call_command("worker", batch=True, interval=0, startup_delay=False, worker_id="here", verbosity=0)


if __name__ == "__main__":
    main(*sys.argv[1:3])
