"""Which rules an index was made with."""

import unicodedata

from icu4py import icu_version

RULES = 4  # raise when any rule of this package changes what it gives

ANALYSIS_VERSION = f"{RULES}-icu{icu_version}-unicode{unicodedata.unidata_version}"
