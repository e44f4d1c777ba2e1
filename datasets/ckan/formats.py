"""Formats by their short names: however a client writes one, it is kept as catalogues write it."""

from pathlib import PurePosixPath
from urllib.parse import urlsplit

CANONICAL = {
    name.lower(): name
    for name in (
        "CSV", "TSV", "XLS", "XLSX", "ODS", "JSON", "GeoJSON", "TopoJSON", "JSON-LD", "XML", "KML", "KMZ", "GML", "GPX",
        "SHP", "GPKG", "GeoTIFF",
        "WMS", "WFS", "WMTS", "OSM", "PBF", "MBTiles", "PDF", "HTML", "TXT",
        "RTF", "DOC", "DOCX", "ODT", "PPT", "PPTX", "ODP", "ZIP", "TAR",
        "GZ",
        "RDF", "TTL", "N3", "SPARQL", "RSS", "Atom", "iCal", "GTFS", "NetCDF", "HDF5", "Parquet", "SQLite", "SQL", "DBF", "Arrow", "JPEG",
        "PNG",
        "GIF", "TIFF", "SVG", "MP3", "MP4", "API", "YAML", "Markdown", "SAV", "DTA", "RData", "EPUB",
    )
}  # fmt: skip
ALIASES = {
    "text/csv": "CSV", "comma separated values": "CSV", "text/tab-separated-values": "TSV", "tab": "TSV", "excel": "XLS",
    "application/vnd.ms-excel": "XLS", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "XLSX",
    "application/json": "JSON", "application/geo+json": "GeoJSON", "application/vnd.geo+json": "GeoJSON", "text/xml": "XML",
    "application/xml": "XML", "application/pdf": "PDF", "text/html": "HTML",
    "htm": "HTML", "text/plain": "TXT", "text": "TXT",
    "application/zip": "ZIP",
    "shapefile": "SHP", "esri shapefile": "SHP", "word": "DOC", "application/msword": "DOC",
    "application/vnd.google-earth.kml+xml": "KML", "geopackage": "GPKG", "jpg": "JPEG", "image/jpeg": "JPEG", "image/png": "PNG",
    "tif": "TIFF",
    "geotif": "GeoTIFF", "ics": "iCal", "yml": "YAML", "md": "Markdown", "application/rdf+xml": "RDF",
    "turtle": "TTL", "text/turtle": "TTL",
    "application/x-parquet": "Parquet", "application/vnd.apache.parquet": "Parquet", "nc": "NetCDF", "tgz": "TAR", "mpeg": "MP4",
}  # fmt: skip


def canonical_format(text: str) -> str:
    """`csv`, `.csv`, `text/csv` are all CSV; a format nobody knows stays as it was written (at most 50 characters)."""
    key = text.strip().lower().lstrip(".")
    return CANONICAL.get(key) or ALIASES.get(key) or text.strip()[:50]


def format_of_url(url: str) -> str:
    """The format that an address or file name promises by its ending; "" when it promises none we know."""
    suffix = PurePosixPath(urlsplit(url).path if "://" in url else url).suffix.lower().lstrip(".")
    return CANONICAL.get(suffix) or ALIASES.get(suffix, "")
