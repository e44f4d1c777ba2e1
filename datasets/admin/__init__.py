"""The catalogue in Wagtail's admin."""
