"""The notes as a tagged PDF (PDF/UA), made on purpose only."""

from typing import Any

from channels.printing import NoFile, as_pdf
from channels.web.pages import pages

__all__ = ["NoFile", "as_file"]


async def as_file(context: dict[str, Any]) -> bytes:
    """The notes as an accessible PDF. Raises NoFile, also where Pango is not installed."""
    return await as_pdf(pages.get_template("notes_file.html").render(context))
