"""The shape of the directory's answers, for the API's own description."""

from typing import Any

from pydantic import BaseModel


class Publisher(BaseModel):
    """Who answers for a feed."""

    name: str
    website: str


class About(BaseModel):
    """What a feed is and to which standard."""

    version: str
    profile: str
    openapi_url: str
    description: str
    publisher: Publisher
    attributions: str


class OnePage(BaseModel):
    """One page of a list."""

    total_items: int
    total_pages: int
    page_number: int
    size: int
    first_page: bool
    last_page: bool
    empty: bool
    contents: list[dict[str, Any]]
