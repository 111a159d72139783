"""Tool files of every shape that pass the checks, and answers of every shape that fit them."""

from typing import Any

from hypothesis import strategies as st

from retention_desktop.models.enums import Audience, Driver, PromptKind, Role, Setting
from retention_desktop.models.prompts import Column, Prompt
from retention_desktop.toolkit.checking import check_tool
from retention_desktop.toolkit.definition import Tool

# Spaces at the ends, marks of markup, long words and letters of other scripts are all allowed.
_WORDS = st.one_of(
    st.sampled_from(
        ["When?", " Low ", "<b>High", "&amp;", "ŵŷ مرحبا", "x" * 130, "two words", "日本", "a;b"]
    ),
    st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), min_size=1, max_size=12),
).filter(lambda text: bool(text.strip()) and text.isprintable())
_WRITTEN = st.one_of(
    st.sampled_from(["Joint visits", "a\n\nb", "", "  ", "\u200b", "<i>&", "w" * 700, "x\n" * 60]),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]) | st.just("\n"), max_size=30),
)
_DAYS = st.dates().filter(lambda day: 1900 <= day.year <= 2200).map(lambda day: day.isoformat())
_HOURS = st.from_regex(r"[0-9]{1,4}(\.[0-9]{1,2})?", fullmatch=True, alphabet="0123456789.")
_FEW = st.integers(1, 3)
_KINDS = st.sampled_from(list(PromptKind))
_COLUMN_KINDS = st.sampled_from(["short-text", "single-choice", "scale", "date", "hours"])
_TEXTS = ("long-text", "short-text")
_TABLES = ("table", "levels")
_MOST_PROMPTS = 6


def _some(texts: st.SearchStrategy[str], least: int = 1, most: int = 3) -> st.SearchStrategy[Any]:
    return st.lists(texts, min_size=least, max_size=most, unique=True)


@st.composite
def tools(draw: st.DrawFn) -> Tool:
    """A tool whose file has no fault. The ids of its prompts are those of all others."""
    prompts: list[dict[str, Any]] = []
    for number in range(draw(st.integers(1, _MOST_PROMPTS))):
        prompts.append(draw(_prompts(f"prompt-{number}", tuple(prompts))))
    with_steps: list[dict[str, Any]] = [{"id": "talk", "title": "Talk", "text": draw(_WORDS)}]
    cut = draw(st.integers(0, len(prompts)))
    for name, some in (("first", prompts[:cut]), ("second", prompts[cut:])):
        step = {"id": name, "title": "Step", "text": draw(_WORDS)}
        with_steps.append(step | ({"prompts": some} if some else {}))
    raw: dict[str, Any] = {
        "id": "any-tool",
        "version": draw(_FEW),
        "title": draw(_WORDS.filter(lambda text: len(text) <= 60)),
        "driver": draw(st.sampled_from(list(Driver))).value,
        "setting": draw(st.sampled_from(list(Setting))).value,
        "roles": [Role.MANAGER.value],
        "audience": draw(_WORDS),
        "when": draw(_WORDS),
        "purpose": draw(_WORDS),
        "minutes": 10,
        "steps": draw(st.permutations(with_steps)) if cut in (0, len(prompts)) else with_steps,
        "closing": draw(_WORDS),
        "follow_up": draw(_follow_ups(prompts)),
        "source": {"document": "a page", "position": 1},
        "collections": draw(_collections(prompts)),
        "card": {"title": draw(_WORDS), "prompts": draw(_ids(prompts))},
    }
    checked = check_tool(raw, "any-tool.toml")
    assert checked.tool, checked.problems
    return checked.tool


@st.composite
def answers(draw: st.DrawFn, prompt: Prompt) -> object:
    """An answer that fits the prompt, or nearly nothing."""
    match prompt.kind:
        case PromptKind.SEVERAL_CHOICES:
            own = _WORDS.filter(lambda text: len(text) <= 100).map(str.strip)
            each = st.sampled_from(prompt.options) | own
            texts = each if prompt.own_list else st.sampled_from(prompt.options)
            return draw(_some(texts, 0, prompt.most or 3))
        case PromptKind.TABLE | PromptKind.LEVELS:
            return draw(_rows(prompt))
        case PromptKind.ACTION:
            due = st.fixed_dictionaries({"text": _LINE}, optional={"owner": _WRITTEN, "due": _DAYS})
            return draw(st.lists(due, max_size=prompt.most or 3))
        case PromptKind.THEMES:
            more: dict[str, st.SearchStrategy[Any]] = {}
            if prompt.groups:
                more["group"] = st.sampled_from(prompt.groups)
            if prompt.counted:
                more["count"] = st.integers(1, 9_999)
            theme = st.fixed_dictionaries({"text": _LINE}, optional=more)
            return draw(st.lists(theme, max_size=prompt.most or 3))
        case PromptKind.MATCHED:
            sign = st.fixed_dictionaries({"noticed": _LINE}, optional={"response": _WRITTEN})
            return draw(st.lists(sign, max_size=3))
        case PromptKind.OVERLAP:
            item = st.fixed_dictionaries({"text": _LINE, "area": st.sampled_from(prompt.options)})
            return draw(st.lists(item, max_size=3))
        case _:
            return draw(_cells(prompt))


_LINE = _WRITTEN.filter(lambda text: bool(text.strip()))


def _cells(asked: Prompt | Column) -> st.SearchStrategy[Any]:
    match asked.kind:
        case PromptKind.SINGLE_CHOICE:
            return st.sampled_from(asked.options)
        case PromptKind.SCALE:
            return st.integers(1, asked.points)
        case PromptKind.DATE:
            return _DAYS
        case PromptKind.HOURS:
            return _HOURS
        case _:
            return _WRITTEN


def _rows(prompt: Prompt) -> st.SearchStrategy[Any]:
    cells = {column.id: _cells(column) for column in prompt.columns}
    if not prompt.rows:
        row = st.fixed_dictionaries({}, optional=cells)
        return st.lists(row, max_size=prompt.most or 3)
    first = prompt.columns[0].id
    del cells[first]
    return st.tuples(
        *(st.fixed_dictionaries({first: st.just(name)}, optional=cells) for name in prompt.rows)
    ).map(list)


@st.composite
def _prompts(draw: st.DrawFn, prompt_id: str, before: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    kind = draw(_KINDS)
    earlier = {name: [each["id"] for each in before if each["kind"] == name] for name in PromptKind}
    if kind is PromptKind.MATCHED and not earlier[PromptKind.SEVERAL_CHOICES]:
        kind = PromptKind.SEVERAL_CHOICES
    prompt: dict[str, Any] = {
        "id": prompt_id,
        "label": draw(_WORDS),
        "kind": kind.value,
        "audience": draw(st.sampled_from(list(Audience))).value,
        "carries": draw(st.booleans()),
        "recalls": [prompt_id],
    }
    if decisive := draw(st.sampled_from([*earlier[PromptKind.SINGLE_CHOICE], ""])):
        options = next(each["options"] for each in before if each["id"] == decisive)
        prompt["only_if"] = {"prompt": decisive, "answers": [draw(st.sampled_from(options))]}
    more = draw(_of_kind(kind, before, earlier))
    return prompt | more


@st.composite
def _of_kind(
    draw: st.DrawFn,
    kind: PromptKind,
    before: tuple[dict[str, Any], ...],
    earlier: dict[PromptKind, list[str]],
) -> dict[str, Any]:
    most = draw(st.sampled_from([{}, {"most": draw(_FEW)}]))
    match kind:
        case PromptKind.SINGLE_CHOICE:
            return {"options": draw(_some(_WORDS))}
        case PromptKind.SEVERAL_CHOICES:
            own = draw(st.sampled_from([{}, {"own_list": "own"}]))
            return {"options": draw(_some(_WORDS)), **own, **most}
        case PromptKind.SCALE:
            return {"low": draw(_WORDS), "high": draw(_WORDS), "points": draw(st.integers(2, 10))}
        case PromptKind.THEMES:
            groups = draw(st.sampled_from([{}, {"groups": draw(_some(_WORDS))}]))
            return {"counted": draw(st.booleans()), **groups, **most}
        case PromptKind.ACTION:
            return most
        case PromptKind.OVERLAP:
            return {"options": draw(_some(_WORDS, 3, 3))}
        case PromptKind.DATE:
            days = [{"about": [each], "days": 7} for each in earlier[PromptKind.DATE][:1]]
            return draw(st.sampled_from([{}, *days]))
        case PromptKind.MATCHED:
            about = draw(st.sampled_from(earlier[PromptKind.SEVERAL_CHOICES]))
            options = next(each["options"] for each in before if each["id"] == about)
            offers = {"to": draw(st.sampled_from(options)), "offers": draw(_some(_WORDS))}
            return {"about": [about], "responses": [offers]}
        case PromptKind.TABLE:
            return draw(_tables(most))
        case PromptKind.LEVELS:
            return draw(_level_tables(most))
        case _:
            return {}


@st.composite
def _tables(draw: st.DrawFn, most: dict[str, int]) -> dict[str, Any]:
    is_fixed = draw(st.booleans())
    # More columns than a page has room for are read as lines.
    kinds = draw(st.lists(_COLUMN_KINDS, min_size=1, max_size=10))
    if is_fixed:
        kinds[0] = "short-text"
    columns = [draw(_columns(f"column-{number}", kind)) for number, kind in enumerate(kinds)]
    return {"columns": columns} | ({"rows": draw(_some(_WORDS))} if is_fixed else most)


@st.composite
def _columns(draw: st.DrawFn, column_id: str, kind: str) -> dict[str, Any]:
    column = {"id": column_id, "label": draw(_WORDS), "kind": kind}
    if kind == "single-choice":
        return column | {"options": draw(_some(_WORDS))}
    if kind == "scale":
        return column | {"low": draw(_WORDS), "high": draw(_WORDS), "points": draw(_FEW) + 1}
    return column


@st.composite
def _level_tables(draw: st.DrawFn, most: dict[str, int]) -> Any:
    options = draw(_some(_WORDS))
    labels = draw(st.lists(_WORDS, min_size=1, max_size=8))
    levels = [
        {"id": f"level-{n}", "label": label, "kind": "single-choice", "options": options}
        for n, label in enumerate(labels)
    ]
    columns = [{"id": "name", "label": draw(_WORDS)}, *levels]
    return {"columns": columns} | draw(st.sampled_from([most, {"rows": draw(_some(_WORDS))}]))


def _ids(prompts: list[dict[str, Any]]) -> st.SearchStrategy[Any]:
    return _some(st.sampled_from([each["id"] for each in prompts]), 1, len(prompts))


@st.composite
def _follow_ups(draw: st.DrawFn, prompts: list[dict[str, Any]]) -> Any:
    dates = [each["id"] for each in prompts if each["kind"] == "date"]
    return draw(
        st.sampled_from(
            [
                {"kind": "none"},
                {"kind": "fixed-days", "days": 366, "text": "Look again"},
                {"kind": "repeating", "months": 12, "text": "Look again"},
                *(
                    {"kind": "answered-date", "prompt": each, "days": 366, "text": "Look again"}
                    for each in dates
                ),
            ]
        )
    )


@st.composite
def _collections(draw: st.DrawFn, prompts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One of each kind that these prompts allow."""
    words = {"text": draw(_WORDS)}
    found: list[dict[str, Any]] = [
        {"kind": kind, "title": kind, "prompts": draw(_ids(prompts)), **words}
        for kind in ("register", "rows", "comparison")
    ]
    if themes := [each["id"] for each in prompts if each["kind"] == "themes"]:
        found.append({"kind": "themes", "title": "themes", "prompts": themes, **words})
    columns = [
        f"{each['id']}/{column['id']}"
        for each in prompts
        if each["kind"] in _TABLES
        for column in each["columns"]
        if column.get("kind", "short-text") == "short-text"
    ]
    if columns:
        asked, matched = draw(st.sampled_from(columns)), draw(st.sampled_from(columns))
        fair = {"kind": "fairness", "title": "fair", "asked": asked, "matched": matched}
        found.append(fair | words)
    return found
