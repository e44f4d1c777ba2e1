"""When Python looks for cycles to throw away: what was loaded at the start stays for good, and is never looked through again."""

import atexit
import gc


def settle() -> None:
    """Once everything is loaded; a request then pays for its own garbage alone, and less often."""
    gc.collect()
    gc.freeze()
    atexit.register(gc.unfreeze)  # libraries look whether everything was given back
    gc.set_threshold(10_000, 20, 50)
