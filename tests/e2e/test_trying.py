"""The page to try the model on: a picture is uploaded, and the worker answers."""

import time
from pathlib import Path

from tests.bot.test_classifying import jpeg
from tests.e2e.person import Person
from tests.e2e.stage import Stage


def test_upload_a_picture(stage: Stage, ann: Person, tmp_path: Path) -> None:
    picture = tmp_path / "watch.jpg"
    picture.write_bytes(jpeg("Watches", 3))
    ann.open("/try")
    ann.page.locator("input[type=file]").set_input_files(picture)
    started = time.monotonic()
    ann.page.get_by_role("button", name="Look at it").press("Enter")
    result = ann.page.locator("#result")
    result.wait_for()
    ann.page.locator(".try-result img").first.wait_for()
    print(f"\nan uploaded picture was answered in {time.monotonic() - started:.1f} s")
    assert "Watches" in result.inner_text()
    assert ann.errors == []
