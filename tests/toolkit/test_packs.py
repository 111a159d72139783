"""A pack comes in whole or not at all, and what was there before stays."""

import os
from pathlib import Path
from typing import Any, NoReturn

import pytest
from msgspec.structs import replace

from retention_desktop.errors import BadInput, DiskFull, FileProblem, KnownError, NotFound
from retention_desktop.toolkit.about import About
from retention_desktop.toolkit.archives import UnusablePack
from retention_desktop.toolkit.definition import Tool
from retention_desktop.toolkit.loading import Toolkit, load_toolkit, read_tools
from retention_desktop.toolkit.packs import (
    OWN_PACK,
    KeptPacks,
    check_pack,
    export_pack,
    import_pack,
    load_all,
    load_packs,
    remove_leftovers,
    remove_own_tool,
    remove_pack,
    save_own_tool,
    with_packs,
)

from .pack_samples import ABOUT, everything_in, pack_files, tool_text, write_folder, zip_of

ABOUT_SHARED = About("shared", 2, "Shared", "Us", "For all of us.")


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """The folder of packs, which is not there yet."""
    return tmp_path / "data" / "packs"


@pytest.fixture
def sent(tmp_path: Path) -> Path:
    return write_folder(pack_files("a-tool", "b-tool"), tmp_path / "sent")


def small(tool_id: str = "a-tool", title: str = "A tool") -> Tool:
    (tool,), problems = read_tools({f"{tool_id}.toml": tool_text(tool_id, title).encode()})
    assert problems == ()
    return tool


def titles(toolkit: Toolkit) -> dict[str, str]:
    return {tool.id: tool.title for tool in toolkit.tools}


def test_what_was_imported_is_there_the_next_time(sent: Path, kept: Path) -> None:
    pack = import_pack(sent, kept)
    assert pack.about == About(
        "northshire", 1, "Northshire tools", "Northshire Council", "How we talk at Northshire."
    )
    assert [tool.id for tool in pack.tools] == ["a-tool", "b-tool"]
    assert load_packs(kept) == KeptPacks((pack,))


def test_a_zip_does_as_well_as_a_folder(sent: Path, kept: Path, tmp_path: Path) -> None:
    archive = tmp_path / "sent.zip"
    archive.write_bytes(zip_of(pack_files("a-tool", "b-tool")))
    import_pack(archive, kept)
    first = everything_in(kept)
    import_pack(sent, kept)
    assert everything_in(kept) == first


def test_what_is_kept_is_private(sent: Path, kept: Path) -> None:
    import_pack(sent, kept)
    if os.name == "posix":
        assert kept.stat().st_mode & 0o777 == 0o700
        assert all(path.stat().st_mode & 0o777 == 0o600 for path in kept.iterdir())


def test_without_any_packs_there_is_nothing_to_say(kept: Path) -> None:
    assert load_packs(kept) == KeptPacks()
    assert not kept.exists()


def test_a_newer_version_takes_the_place_of_the_older(
    sent: Path, kept: Path, tmp_path: Path
) -> None:
    import_pack(sent, kept)
    newer = pack_files("b-tool", "c-tool", about=ABOUT.replace("version = 1", "version = 2"))
    import_pack(write_folder(newer, tmp_path / "newer"), kept)
    (pack,) = load_packs(kept).packs
    assert pack.about.version == 2
    assert [tool.id for tool in pack.tools] == ["b-tool", "c-tool"]
    with pytest.raises(BadInput, match=r"Version 2 .* already here") as caught:
        import_pack(sent, kept)
    assert caught.value.next_step
    assert load_packs(kept).packs == (pack,)


def test_the_same_version_can_be_imported_again_with_other_words(sent: Path, kept: Path) -> None:
    import_pack(sent, kept)
    (sent / "tools" / "a-tool.toml").write_text(tool_text("a-tool", "Reworded"), "utf-8")
    assert import_pack(sent, kept).tools[0].title == "Reworded"
    assert load_packs(kept).packs[0].tools[0].title == "Reworded"


def test_one_tool_in_two_packs_is_refused_and_both_are_named(
    sent: Path, kept: Path, tmp_path: Path
) -> None:
    import_pack(sent, kept)
    before = everything_in(kept)
    other = ABOUT.replace("northshire", "southshire").replace("Northshire", "Southshire")
    second = write_folder(pack_files("b-tool", "z-tool", about=other), tmp_path / "second")
    with pytest.raises(BadInput) as caught:
        import_pack(second, kept)
    for named in ("b-tool", "Northshire tools", "Southshire tools"):
        assert named in caught.value.sentence
    assert everything_in(kept) == before


def test_every_fault_of_every_file_is_named_with_its_place(sent: Path) -> None:
    (sent / "pack.toml").write_text(
        ABOUT.replace('"northshire"', '"North Shire"').replace("version = 1", "versoin = 0")
    )
    bad = tool_text("b-tool").replace('"growth"', '"sideways"').replace('label = "What?"', "")
    (sent / "tools" / "b-tool.toml").write_text(bad)
    (sent / "tools" / "c-tool.toml").write_text("steps = [")
    (sent / "a-tool.toml").write_text(tool_text("a-tool"))
    assert [(problem.file, problem.place) for problem in check_pack(sent)] == [
        ("pack.toml", ""),
        ("pack.toml", "id"),
        ("pack.toml", ""),
        ("tools/a-tool.toml", "id"),
        ("tools/b-tool.toml", "driver"),
        ("tools/b-tool.toml", "step 1, prompt 1"),
        ("tools/c-tool.toml", ""),
    ]
    assert "did you mean “version”?" in str(check_pack(sent)[0])


def test_nothing_is_wrong_with_a_whole_pack(sent: Path) -> None:
    assert check_pack(sent) == ()


@pytest.mark.parametrize("field", ["id", "version", "title", "publisher", "text"])
def test_a_pack_says_everything_of_itself(sent: Path, field: str) -> None:
    lines = [line for line in ABOUT.splitlines() if not line.startswith(field)]
    (sent / "pack.toml").write_text("\n".join(lines))
    assert [str(each) for each in check_pack(sent)] == [f"pack.toml: missing key “{field}”"]


@pytest.mark.parametrize("long", ["title", "publisher", "text"])
def test_what_a_pack_says_of_itself_is_short(sent: Path, long: str) -> None:
    about = "\n".join(
        f'{long} = "{"x" * 1001}"' if line.startswith(long) else line for line in ABOUT.splitlines()
    )
    (sent / "pack.toml").write_text(about)
    (problem,) = check_pack(sent)
    assert (problem.place, "longer than" in problem.fault) == (long, True)


def test_a_pack_without_tools_is_refused(tmp_path: Path, kept: Path) -> None:
    empty = write_folder({"pack.toml": ABOUT, "README.md": "Soon."}, tmp_path / "empty")
    assert [str(each) for each in check_pack(empty)] == [
        "pack.toml: there are no tool files beside it"
    ]
    with pytest.raises(UnusablePack):
        import_pack(empty, kept)
    assert not kept.exists()


def test_nobody_can_send_ones_own_tools(tmp_path: Path, kept: Path) -> None:
    save_own_tool(kept, small())
    before = everything_in(kept)
    about = ABOUT.replace('"northshire"', f'"{OWN_PACK}"')
    folder = write_folder(pack_files("a-tool", about=about), tmp_path / "theirs")
    assert [each.place for each in check_pack(folder)] == ["id"]
    with pytest.raises(UnusablePack, match="everybody's own tools"):
        import_pack(folder, kept)
    assert everything_in(kept) == before


def refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize(
    "call", ["retention_desktop.files.sync", "pathlib.Path.replace", "os.open"]
)
def test_a_full_disk_leaves_the_version_before(
    sent: Path, kept: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    import_pack(sent, kept)
    before = everything_in(kept)
    (sent / "tools" / "a-tool.toml").write_text(tool_text("a-tool", "Reworded"), "utf-8")
    real = os.open

    def refuse_new(path: Any, *rest: Any, **named: Any) -> int:
        if str(path).endswith(".new"):
            refuse()
        return real(path, *rest, **named)

    monkeypatch.setattr(call, refuse_new if call == "os.open" else refuse)
    with pytest.raises(DiskFull):
        import_pack(sent, kept)
    monkeypatch.undo()
    assert everything_in(kept) == before


def test_what_a_crash_left_is_tidied_and_nothing_else(sent: Path, kept: Path) -> None:
    import_pack(sent, kept)
    before = everything_in(kept)
    (kept / ".0123456789abcdef.new").write_bytes(b"half")
    (kept / "notes.new").write_bytes(b"mine")
    remove_leftovers(kept)
    assert everything_in(kept) == before | {"notes.new": b"mine"}
    remove_leftovers(kept / "nowhere")
    (kept / ".0123456789abcdef.new").write_bytes(b"half")
    import_pack(sent, kept)
    assert everything_in(kept) == before | {"notes.new": b"mine"}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 damaged", None])
def test_a_pack_that_became_unreadable_is_left_out_and_named(
    sent: Path, kept: Path, content: bytes | None
) -> None:
    pack = import_pack(sent, kept)
    whole = (kept / "northshire.zip").read_bytes()
    (kept / "broken.zip").write_bytes(whole if content is None else content)
    found = load_packs(kept)
    assert found.packs == (pack,)
    assert found.unreadable == ("broken",)
    (notice,) = found.notices
    assert "“broken”" in notice
    remove_pack("broken", kept)
    assert load_packs(kept) == KeptPacks((pack,))


def test_what_computers_put_beside_packs_is_passed_over(sent: Path, kept: Path) -> None:
    pack = import_pack(sent, kept)
    for name in ("._northshire.zip", ".DS_Store", "notes.txt"):
        (kept / name).write_bytes(b"\0")
    assert load_packs(kept) == KeptPacks((pack,))


def test_a_link_is_not_taken_for_a_pack(sent: Path, kept: Path, tmp_path: Path) -> None:
    import_pack(sent, kept)
    (kept / "northshire.zip").rename(tmp_path / "northshire.zip")
    (kept / "northshire.zip").symlink_to(tmp_path / "northshire.zip")
    found = load_packs(kept)
    assert (found.packs, len(found.notices)) == ((), 1)


def test_a_pack_can_be_removed(sent: Path, kept: Path) -> None:
    import_pack(sent, kept)
    remove_pack("northshire", kept)
    assert load_packs(kept) == KeptPacks()
    outside = kept.parent / "outside.zip"
    outside.write_bytes(b"mine")
    for pack_id in ("northshire", "../outside", "", "x\n\ud800"):
        with pytest.raises(NotFound) as caught:
            remove_pack(pack_id, kept)
        assert caught.value.next_step
    assert outside.exists()


def test_a_packs_tool_takes_the_place_of_the_programs(kept: Path, tmp_path: Path) -> None:
    shipped = load_toolkit()
    one = shipped.tools[0]
    export_pack([replace(one, title="In our words"), small()], ABOUT_SHARED, tmp_path / "x.zip")
    import_pack(tmp_path / "x.zip", kept)
    toolkit = with_packs(shipped, load_packs(kept).packs)
    assert toolkit.tool(one.id).title == "In our words"
    assert titles(toolkit) == titles(shipped) | {one.id: "In our words", "a-tool": "A tool"}
    drivers = [tool.driver for tool in toolkit.tools]
    assert drivers == sorted(drivers, key=drivers.index)


def test_ones_own_tool_takes_the_place_of_a_packs(sent: Path, kept: Path) -> None:
    save_own_tool(kept, small("a-tool", "In my words"))
    import_pack(sent, kept)
    toolkit = with_packs(Toolkit(()), load_packs(kept).packs)
    assert titles(toolkit) == {"a-tool": "In my words", "b-tool": "A tool"}
    remove_own_tool(kept, "a-tool")
    toolkit = with_packs(Toolkit(()), load_packs(kept).packs)
    assert titles(toolkit) == {"a-tool": "A tool", "b-tool": "A tool"}


def test_tools_can_be_turned_off_and_are_still_found() -> None:
    shipped = load_toolkit()
    off = shipped.tools[3]
    toolkit = with_packs(shipped, (), [off.id, "long-gone"])
    assert off not in toolkit.tools
    assert toolkit.turned_off == (off,)
    assert toolkit.tool(off.id) is off
    assert with_packs(toolkit, ()) == shipped


def test_what_is_exported_can_be_imported_and_is_the_same(kept: Path, tmp_path: Path) -> None:
    tools = load_toolkit().tools
    path = tmp_path / "shared.zip"
    export_pack(tools, ABOUT_SHARED, path)
    pack = import_pack(path, kept)
    assert pack.about == ABOUT_SHARED
    assert pack.tools == tools
    before = path.read_bytes()
    export_pack(reversed(tools), ABOUT_SHARED, path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "about",
    [
        replace(ABOUT_SHARED, id="Shared Tools"),
        replace(ABOUT_SHARED, id=OWN_PACK),
        replace(ABOUT_SHARED, publisher=" "),
        replace(ABOUT_SHARED, version=0),
    ],
)
def test_what_nobody_could_import_is_not_exported(about: About, tmp_path: Path) -> None:
    with pytest.raises(UnusablePack, match=r"pack\.toml: "):
        export_pack([small()], about, tmp_path / "x.zip")
    assert list(tmp_path.iterdir()) == []


def test_an_export_that_fails_leaves_the_file_before(tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    export_pack([small()], ABOUT_SHARED, path)
    before = path.read_bytes()
    with pytest.raises(UnusablePack):
        export_pack([], ABOUT_SHARED, path)
    assert path.read_bytes() == before
    with pytest.raises(FileProblem):
        export_pack([small()], ABOUT_SHARED, tmp_path / "nowhere" / "x.zip")


def test_own_tools_are_kept_changed_and_removed(kept: Path) -> None:
    save_own_tool(kept, small("a-tool"))
    save_own_tool(kept, small("b-tool"))
    save_own_tool(kept, small("a-tool", "Better"))
    (pack,) = load_packs(kept).packs
    assert pack.about.id == OWN_PACK
    assert {tool.id: tool.title for tool in pack.tools} == {"a-tool": "Better", "b-tool": "A tool"}
    with pytest.raises(NotFound):
        remove_own_tool(kept, "c-tool")
    remove_own_tool(kept, "a-tool")
    remove_own_tool(kept, "b-tool")
    assert load_packs(kept) == KeptPacks()


def test_an_own_tool_that_is_none_is_refused(kept: Path) -> None:
    save_own_tool(kept, small())
    before = everything_in(kept)
    with pytest.raises(UnusablePack, match=r"tools/b-tool\.toml: minutes"):
        save_own_tool(kept, replace(small("b-tool"), minutes=9_999))
    assert everything_in(kept) == before


def test_own_tools_that_became_unreadable_are_not_written_over(kept: Path) -> None:
    save_own_tool(kept, small())
    (kept / f"{OWN_PACK}.zip").write_bytes(b"damaged")
    with pytest.raises(KnownError):
        save_own_tool(kept, small("b-tool"))
    assert (kept / f"{OWN_PACK}.zip").read_bytes() == b"damaged"


def test_a_folder_of_packs_that_cannot_be_read_is_said(tmp_path: Path, sent: Path) -> None:
    in_the_way = tmp_path / "packs"
    in_the_way.write_text("a file in the way")
    toolkit, found = load_all(in_the_way, ())
    assert toolkit == load_toolkit()
    assert str(in_the_way) in found.notices[0]
    with pytest.raises(KnownError):
        import_pack(sent, in_the_way)
    assert in_the_way.read_text() == "a file in the way"


def test_everything_is_loaded_at_once(kept: Path, sent: Path) -> None:
    pack = import_pack(sent, kept)
    toolkit, found = load_all(kept, ["a-tool", "career-conversation"])
    assert found.packs == (pack,)
    assert {tool.id for tool in toolkit.turned_off} == {"a-tool", "career-conversation"}
    assert {tool.id for tool in toolkit.every} == {
        *("a-tool", "b-tool"),
        *(tool.id for tool in load_toolkit().tools),
    }
