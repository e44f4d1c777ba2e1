"""The interface's words: found in code and templates, kept in `locale/`, compiled without GNU gettext (a bare machine has none)."""
