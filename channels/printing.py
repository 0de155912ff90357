"""Pages as tagged PDF files (PDF/UA)."""

import asyncio
import logging
from typing import Any

log = logging.getLogger(__name__)


class NoFile(Exception):
    """The file can't be made on this machine now; a page to print still can."""


async def as_pdf(html: str) -> bytes:
    """A page as an accessible PDF. Raises NoFile, also where Pango is not installed."""
    return await asyncio.to_thread(_pdf, html)


def _pdf(html: str) -> bytes:
    try:
        # Imported here: it needs the system's Pango, and everything else works without.
        from weasyprint import HTML  # type: ignore[import-untyped]

        # Whatever the page might name, nothing is fetched.
        made: bytes = HTML(string=html, url_fetcher=_nothing).write_pdf(pdf_variant="pdf/ua-1")
    except Exception as error:  # whatever it was, the page can be printed
        log.error("no file: %s", type(error).__name__)
        raise NoFile from error
    return made


def _nothing(url: str) -> dict[str, Any]:
    raise ValueError(f"nothing is fetched: {url}")
