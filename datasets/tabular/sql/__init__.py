"""Questions in SQL from people nobody knows: an allow-list first, then a process of its own with limits set by the operating system.

DuckDB alone is not safe for them. What `read_statement` lets through is written anew from the parsed tree, with tables and common
table expressions under names of ours; what `run` starts can open no other file, write none, and is killed when it takes too long.
"""

from .allowed import SqlError, Statement, read_statement
from .workers import Answer, run

__all__ = ["Answer", "SqlError", "Statement", "read_statement", "run"]
