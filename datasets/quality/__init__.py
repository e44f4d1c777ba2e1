"""Can these data be trusted? Counted once by the worker (`measure`), judged by one list of checks (`checks`) for panel, page, API."""
