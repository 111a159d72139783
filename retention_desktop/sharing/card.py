"""A card made of some answers of a record: as text to paste, and as what a PDF is drawn from."""

from msgspec import Struct

from retention_desktop.models.views import Record
from retention_desktop.sharing.summary import Section, summarise
from retention_desktop.toolkit import definition
from retention_desktop.toolkit.blocks import plain_text


class CardLine(Struct, frozen=True):
    """One answer on a card. `lead` is what was asked, or "" where the answer stands alone."""

    lead: str
    text: str


class Card(Struct, frozen=True):
    """A title and what was written. There is no name on it, and no day."""

    title: str
    lines: tuple[CardLine, ...]


def make_card(record: Record, card: definition.Card) -> Card:
    """The card of a record; without lines where none of its answers was given.

    What was written as private is never on it. The order is that of the card. What was asked stands
    before each answer, except on a card of one.
    """
    parts = {part.part: part for part in summarise(record).sections}
    is_one = len(card.prompts) == 1
    return Card(
        card.title,
        tuple(_line(parts[each], is_one) for each in card.prompts if each in parts),
    )


def card_text(card: Card) -> str:
    """The card as text to paste: the title, then each answer after what was asked."""
    pieces = ["\n".join(filter(None, (line.lead, line.text))) for line in card.lines]
    return "\n\n".join([card.title, *pieces])


def _line(part: Section, is_one: bool) -> CardLine:
    return CardLine("" if is_one else part.heading, plain_text(part.blocks))
