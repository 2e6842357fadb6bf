"""README shows the pictures that are taken, and they stay small."""

import re
from io import BytesIO

from PIL import Image

from tests.screenshots.__main__ import FOLDER, MOST_BYTES, PICTURES, in_palette
from volunteer_network.startup.places import BASE_DIR


def test_the_readme_shows_each_picture_that_is_taken():
    shown = re.findall(r"\(docs/img/([\w-]+\.png)\)", (BASE_DIR / "README.md").read_text())

    assert shown == [picture.file for picture in PICTURES]
    assert sorted(shown) == sorted(path.name for path in FOLDER.iterdir())
    assert [path.name for path in FOLDER.iterdir() if path.stat().st_size > MOST_BYTES] == []


def test_the_same_picture_gives_the_same_bytes_in_a_palette():
    drawn = Image.linear_gradient("L").convert("RGB")
    written = BytesIO()
    drawn.save(written, "PNG")

    once, again = in_palette(written.getvalue()), in_palette(written.getvalue())

    assert once == again
    assert Image.open(BytesIO(once)).mode == "P"
