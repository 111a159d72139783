import pytest
from reportlab.pdfbase.ttfonts import TTFontFace

from retention_desktop.paths import resource

FONTS = sorted(path.name for path in resource("fonts").glob("*.ttf"))
FOR_TEXT = [name for name in FONTS if name.startswith(("Atkinson", "NotoSans-"))]


@pytest.mark.parametrize("name", FOR_TEXT)
def test_each_font_for_text_can_write_welsh_and_the_signs_we_print(name: str) -> None:
    drawn = TTFontFace(str(resource(f"fonts/{name}"))).charToGlyph

    assert [char for char in "ŵŷŴŶẃẁẅâêîôûäëïöü£–—“”‘’•·…€½" if ord(char) not in drawn] == []


@pytest.mark.parametrize("name", FONTS)
def test_each_font_comes_with_its_licence(name: str) -> None:
    family = name.partition("-")[0]

    assert "SIL Open Font License" in resource(f"fonts/{family}-OFL.txt").read_text()
