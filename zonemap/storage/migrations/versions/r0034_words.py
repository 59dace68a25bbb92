"""The words by which facilities and people are found, with an index: filled from what is there.

Revision 0034, after 0033.
"""

from __future__ import annotations

import re
import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

_FIELDS = {"facility": "name, street, city, postcode", "account": "name, email"}
_LONGEST, _ROWS_AT_ONCE = 40, 1000


def upgrade() -> None:
    word = sa.String(_LONGEST).with_variant(sa.String(_LONGEST, collation="C"), "postgresql")
    for of, fields in _FIELDS.items():
        kept, row_id = f"{of}_word", f"{of}_id"
        op.create_table(
            kept,
            sa.Column(row_id, sa.String(32), nullable=False),
            sa.Column("word", word, nullable=False),
            sa.PrimaryKeyConstraint(row_id, "word", name=f"pk_{kept}"),
            sa.ForeignKeyConstraint([row_id], [f"{of}.id"], name=f"fk_{kept}_{row_id}", ondelete="CASCADE"),
        )
        _fill(kept, row_id, of, fields)
        op.create_index(f"ix_{kept}_word", kept, ["word", row_id])


def _fill(kept: str, row_id: str, of: str, fields: str) -> None:
    there = sa.table(kept, sa.column(row_id), sa.column("word"))
    rows = op.get_bind().execute(sa.text(f"SELECT id, {fields} FROM {of}")).all()  # noqa: S608 - names of our own
    for begin in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[begin : begin + _ROWS_AT_ONCE]
        made = [{row_id: first, "word": word} for first, *texts in some for word in _words(texts)]
        if made:
            op.get_bind().execute(sa.insert(there), made)


def _words(texts: list[str]) -> set[str]:
    """As ``storage/words`` made them at this revision."""
    plain = unicodedata.normalize("NFKD", " ".join(texts)).casefold()
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return {word[:_LONGEST] for word in re.findall(r"[^\W_]+", bare)}


def downgrade() -> None:
    for of in _FIELDS:
        op.drop_table(f"{of}_word")
