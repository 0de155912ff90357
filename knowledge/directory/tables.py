"""How the directory is kept, after the tables of HSDS 3.0; each row knows where it is from."""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
)

from knowledge.database import Moment, metadata


def _provenance() -> tuple[Column[str], Column[str]]:
    return (
        Column("source", Text, nullable=False),
        Column("confidence", String(8), nullable=False),
    )


def _of_service(name: str, *columns: Column[str] | Column[int]) -> Table:
    """A list that belongs to a service, in an order of its own."""
    owner = ForeignKey("directory_services.id", ondelete="CASCADE")
    return Table(
        f"directory_{name}",
        metadata,
        Column("service", owner, primary_key=True),
        Column("position", Integer, primary_key=True),
        *columns,
        *_provenance(),
    )


organizations = Table(
    "directory_organizations",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("name", String(200), nullable=False),
    *_provenance(),
)

services = Table(
    "directory_services",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("organization", ForeignKey("directory_organizations.id"), nullable=False),
    Column("name", String(200), nullable=False),
    Column("description", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("webchat", Text, nullable=False),
    Column("status", String(8), nullable=False),  # active, inactive
    Column("eligibility_description", Text, nullable=False),
    Column("minimum_age", Integer, nullable=True),
    Column("maximum_age", Integer, nullable=True),
    Column("access", Text, nullable=False),
    Column("role", String(16), nullable=False),
    Column("needs_only", Boolean, nullable=False),
    Column("bill", String(8), nullable=False),
    Column("notes", Text, nullable=False),
    Column("verified", Text, nullable=False),
    Column("assured_date", Date, nullable=True),
    Column("assurer", String(100), nullable=False),
    Column("origin", Text, nullable=False),  # seed, desk, or the feed it came from
    Column("source_id", Text, nullable=False),
    Column("edited", Boolean, nullable=False),
    Column("last_modified", Moment, nullable=False),
    *_provenance(),
    Index("directory_services_by_origin", "origin"),
)

phones = _of_service(
    "phones",
    Column("type", String(8), nullable=False),  # voice, text
    Column("number", Text, nullable=False),
)
schedules = _of_service(
    "schedules",
    Column("byday", String(32), nullable=False),
    Column("opens_at", String(5), nullable=False),
    Column("closes_at", String(5), nullable=False),
    Column("description", Text, nullable=False),
)
service_areas = _of_service(
    "service_areas",
    Column("extent_type", String(8), nullable=False),  # nation, county, district
    Column("name", Text, nullable=False),
)
languages = _of_service("languages", Column("name", Text, nullable=False))
cost_options = _of_service("cost_options", Column("option", Text, nullable=False))
# Whom to write to about an entry. Never shown, never exported.
contacts = _of_service("contacts", Column("email", String(254), nullable=False))
attributes = _of_service(
    "attributes",
    Column("link_type", String(16), nullable=False),
    Column("taxonomy_term", ForeignKey("directory_taxonomy_terms.id"), nullable=False, index=True),
)

taxonomies = Table(
    "directory_taxonomies",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(100), nullable=False),
    *_provenance(),
)

taxonomy_terms = Table(
    "directory_taxonomy_terms",
    metadata,
    Column("id", String(64), primary_key=True),  # taxonomy/code
    Column("taxonomy", ForeignKey("directory_taxonomies.id"), nullable=False),
    Column("name", String(200), nullable=False),
    *_provenance(),
)

# What changed, when and by whom. Rows are only ever added.
changes = Table(
    "directory_changes",
    metadata,
    Column("sequence", Integer, primary_key=True),
    Column("service", String(64), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(100), nullable=False),
    Column("deed", String(16), nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
)

# What providers answered to their link; ``id`` is the link's own number, so one link, one answer.
proposals = Table(
    "directory_proposals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("service", ForeignKey("directory_services.id", ondelete="CASCADE"), nullable=False),
    Column("at", Moment, nullable=False),
    Column("changed", JSON, nullable=False),
    Column("note", Text, nullable=False),
    Column("state", String(8), nullable=False),  # open, accepted, declined
)

# One row that counts changes, so that every process knows when its copy is old.
version = Table(
    "directory_version",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)
