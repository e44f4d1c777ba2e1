"""Takes over other catalogues: fetch politely, map to one shape, compare, publish or leave for review. `run_harvest` joins the parts."""
