"""Texts that a document could take for something else, and summaries made of them."""

from hypothesis import strategies as st

from retention_desktop.models.enums import Audience
from retention_desktop.sharing.summary import Section, Summary
from retention_desktop.toolkit.blocks import (
    Bar,
    Bars,
    Block,
    Bullets,
    Grid,
    Levels,
    Overlap,
    Paragraph,
)

TEXTS = (
    "<script>alert(1)</script> & <b>bold</b> &amp; &#65; <img src=/etc/hostname> <!-- -->",
    "# no heading", "## a #", "- no list", "+ nor this", "* nor this", "1. nor this", "23) or this",
    "> no quotation", "    no code", "\tno code", "``` nor this", "~~~", "---", "===", "***", "___",
    "| a | b |", "|---|---|", "a | b", "\\", "a\\", "\\|", "\\\\|", "*a* _b_ **c** ~~d~~ `e` $f$",
    "[a](http://example.invalid) ![b](c) [d]: e", "<http://example.invalid>", "[ ] a", "{#id}",
    "one\ntwo\r\nthree\rfour\vfive\fsix\x85seven\u2028eight\u2029nine", "a  \nb", "a\\\nb", " a ",
    "bell \x07 null \x00 escape \x1b[31m del \x7f unit \x1f next \x9b", "half \ud83d a \udc00 half",
    "\ufffe\uffff\ufdd0", "مرحبا بالعالم (abc)", "שלום 123", "\u202eoverride\u202c", "🦊👩‍👩‍👧🏳️‍🌈",
    "e\u0301 é ŵŷ Ω Ж 日本 𝔘", "\ufeffmark", "a\tb", "=SUM(A1)", "+44", "@here", "-1", "a" * 3_000,
    ": a", "Term\n: a", "&nbsp;", "\u00a0a\u00a0", "%%", "a\n\n\nb", "\n", "", "  ",
)  # fmt: skip

_ANY = st.sampled_from(TEXTS) | st.text(st.characters(), max_size=12)
_WORDS = _ANY.filter(lambda text: bool(text.strip()))
_SEVERAL = st.lists(_WORDS, min_size=1, max_size=3).map(tuple)


@st.composite
def _tables(draw: st.DrawFn) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    columns = draw(st.integers(1, 3))
    row = st.lists(_ANY, min_size=columns, max_size=columns).map(tuple)
    return draw(row), tuple(draw(st.lists(row, min_size=1, max_size=3)))


@st.composite
def _levels(draw: st.DrawFn) -> Levels:
    scale = draw(_SEVERAL)
    header = draw(st.lists(_WORDS, min_size=2, max_size=3))
    level = st.sampled_from([*scale, ""])
    rows = draw(st.lists(st.tuples(_ANY, *[level] * (len(header) - 1)), min_size=1, max_size=3))
    return Levels(tuple(header), tuple(rows), scale)


_BARS = st.builds(Bar, _WORDS, _WORDS, st.just((1,)))
_BLOCKS: st.SearchStrategy[Block] = st.one_of(
    st.builds(Paragraph, _WORDS),
    st.builds(Bullets, _SEVERAL),
    _tables().map(lambda table: Grid(*table)),
    _levels(),
    st.builds(
        Overlap,
        st.tuples(_WORDS, _WORDS, _WORDS),
        st.tuples(*[st.lists(_WORDS, max_size=2).map(tuple)] * 3),
    ),
    st.builds(Bars, _ANY, st.lists(_BARS, min_size=1, max_size=2).map(tuple), st.just(3)),
)
_SECTIONS = st.builds(
    Section,
    st.just("part"),
    _WORDS,
    st.just(Audience.SHARED),
    st.lists(_BLOCKS, min_size=1, max_size=3).map(tuple),
)
SUMMARIES = st.builds(
    Summary,
    _WORDS,
    _ANY,
    st.none() | _WORDS,
    st.lists(_SECTIONS, max_size=2).map(tuple),
    _ANY,
    _ANY,
)
