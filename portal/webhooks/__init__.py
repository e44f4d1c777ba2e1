"""Tells registered addresses what was published: `announce` writes, the worker sends, `models` keep what became of it."""
