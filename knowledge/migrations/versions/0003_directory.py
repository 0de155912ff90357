"""The service directory"""

import sqlalchemy as sa
from alembic import op

import knowledge.database

revision = "0003_directory"
down_revision = "0002_return_phrases"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "directory_changes",
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.Column("who", sa.String(length=100), nullable=False),
        sa.Column("deed", sa.String(length=16), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("sequence"),
    )
    with op.batch_alter_table("directory_changes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_directory_changes_service"), ["service"], unique=False
        )

    op.create_table(
        "directory_organizations",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "directory_taxonomies",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "directory_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "directory_services",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("organization", sa.String(length=36), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("webchat", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=8), nullable=False),
        sa.Column("eligibility_description", sa.Text(), nullable=False),
        sa.Column("minimum_age", sa.Integer(), nullable=True),
        sa.Column("maximum_age", sa.Integer(), nullable=True),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("needs_only", sa.Boolean(), nullable=False),
        sa.Column("bill", sa.String(length=8), nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.Column("verified", sa.Text(), nullable=False),
        sa.Column("assured_date", sa.Date(), nullable=True),
        sa.Column("assurer", sa.String(length=100), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("source_id", sa.Text(), nullable=False),
        sa.Column("edited", sa.Boolean(), nullable=False),
        sa.Column("last_modified", knowledge.database.Moment(timezone=True), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["organization"],
            ["directory_organizations.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("directory_services", schema=None) as batch_op:
        batch_op.create_index("directory_services_by_origin", ["origin"], unique=False)

    op.create_table(
        "directory_taxonomy_terms",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("taxonomy", sa.String(length=32), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(
            ["taxonomy"],
            ["directory_taxonomies.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "directory_attributes",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("link_type", sa.String(length=16), nullable=False),
        sa.Column("taxonomy_term", sa.String(length=64), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.ForeignKeyConstraint(
            ["taxonomy_term"],
            ["directory_taxonomy_terms.id"],
        ),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    with op.batch_alter_table("directory_attributes", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_directory_attributes_taxonomy_term"), ["taxonomy_term"], unique=False
        )

    op.create_table(
        "directory_contacts",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    op.create_table(
        "directory_cost_options",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("option", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    op.create_table(
        "directory_languages",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    op.create_table(
        "directory_phones",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("type", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    op.create_table(
        "directory_proposals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("at", knowledge.database.Moment(timezone=True), nullable=False),
        sa.Column("changed", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "directory_schedules",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("byday", sa.String(length=32), nullable=False),
        sa.Column("opens_at", sa.String(length=5), nullable=False),
        sa.Column("closes_at", sa.String(length=5), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )
    op.create_table(
        "directory_service_areas",
        sa.Column("service", sa.String(length=64), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("extent_type", sa.String(length=8), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("confidence", sa.String(length=8), nullable=False),
        sa.ForeignKeyConstraint(["service"], ["directory_services.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("service", "position"),
    )


def downgrade() -> None:
    op.drop_table("directory_service_areas")
    op.drop_table("directory_schedules")
    op.drop_table("directory_proposals")
    op.drop_table("directory_phones")
    op.drop_table("directory_languages")
    op.drop_table("directory_cost_options")
    op.drop_table("directory_contacts")
    with op.batch_alter_table("directory_attributes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directory_attributes_taxonomy_term"))

    op.drop_table("directory_attributes")
    op.drop_table("directory_taxonomy_terms")
    with op.batch_alter_table("directory_services", schema=None) as batch_op:
        batch_op.drop_index("directory_services_by_origin")

    op.drop_table("directory_services")
    op.drop_table("directory_version")
    op.drop_table("directory_taxonomies")
    op.drop_table("directory_organizations")
    with op.batch_alter_table("directory_changes", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_directory_changes_service"))

    op.drop_table("directory_changes")
