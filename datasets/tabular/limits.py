"""How much of a file we are willing to hold: every bound in one place."""

SAMPLE_BYTES = 1 << 20  # what detection decodes and looks at
SAMPLE_ROWS = 2_000
SHOWN_ROWS = 20
MAX_COLUMNS = 2_000
MAX_LINE_BYTES = 8 << 20  # a GeoJSON outline in a cell can be a megabyte; nobody writes longer lines by hand
MAX_JSON_BYTES = 100 << 20  # read in memory
MAX_ZIP_MEMBERS = 5_000
MAX_ZIP_DIRECTORY_BYTES = 4 << 20
MAX_UNZIPPED_BYTES = 600 << 20
MAX_ZIP_RATIO = 250  # of the whole archive; honest sheets of repeated text reach about 100
MIN_SUSPECT_BYTES = 32 << 20  # a high ratio below this size harms nobody
MAX_SHEET_CELLS = 30_000_000  # calamine allocates the bounding box of the cells in use
SPREADSHEET_MEMORY_BYTES = 2 << 30
SPREADSHEET_SECONDS = 300
BATCH_CELLS = 40_000
