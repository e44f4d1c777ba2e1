"""``python -m datasets.tabular FILE``: is this file right, and how is it mended? Without Django."""

import argparse
import sys

from .command import add_arguments, run


def main(arguments: list[str] | None = None) -> int:
    """Runs the command and returns its exit code."""
    parser = argparse.ArgumentParser(
        prog="python -m datasets.tabular", description="Validate a table, as frictionless does, many times faster."
    )
    add_arguments(parser)
    options = parser.parse_args(arguments)
    return run(options.file, options.schema, as_json=options.json, limit_errors=options.limit_errors, reference=options.reference)


if __name__ == "__main__":
    sys.exit(main())
