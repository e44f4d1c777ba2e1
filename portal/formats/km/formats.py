"""Khmer: 23 វិច្ឆិកា 2026, without the words ខែ and ឆ្នាំ that Django puts in between; numbers as the portal's data write them."""

DATE_FORMAT = "j F Y"
DATETIME_FORMAT = "j F Y, G:i"
YEAR_MONTH_FORMAT = "F Y"
DECIMAL_SEPARATOR = "."
THOUSAND_SEPARATOR = ","
NUMBER_GROUPING = 3
