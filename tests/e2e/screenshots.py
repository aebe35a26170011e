"""Pictures of every page, of the drawn catalogue with a past of three months: `make screenshots`."""

import os
import shutil
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select, update

from benchmarks.seeding import Look, Plot, seed
from classifier.bundle import read_bundle
from shopify_bot import decisions
from shopify_bot.chores.rota import Kind
from shopify_bot.decisions import Reviewer
from shopify_bot.devstore import Shop as StoreShop
from shopify_bot.devstore.catalogue import choose
from shopify_bot.devstore.drawing import write_catalogue
from shopify_bot.devstore.filling import fill
from shopify_bot.devstore.pictures import picture_url
from shopify_bot.labels import label_tree
from shopify_bot.settings import ROOT
from shopify_bot.states import State
from shopify_bot.tables import Chore, Shop, now
from shopify_bot.tallies import roll_up
from tests.e2e.person import Person
from tests.e2e.stage import Stage, raised

OUT = ROOT / "docs" / "pages"
DRAWN, TODAYS, PAST = 284, 16, 4_000
EARLIER_MODEL = "fashion-2f60c1d98ab3"
SHARES = {
    State.PUBLISHED: 0.88,
    State.PENDING: 0.04,
    State.SKIPPED: 0.015,
    State.DISMISSED: 0.01,
    State.GONE: 0.04,
    State.REVERTED: 0.01,
    State.FAILED: 0.005,
}
WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "is_mobile": True,
    "has_touch": True,
}
TALL = {"viewport": {"width": 1440, "height": 1240}}
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """One picture: its name, the page, what to do there first, and the window."""

    name: str
    path: str
    do: Callable[[Page], None] = lambda _: None
    window: dict[str, Any] = field(default_factory=lambda: WIDE)


def main() -> None:
    """Raise the stage, let it live through some months, and take the pictures."""
    chromium = shutil.which(os.environ.get("CHROMIUM") or "chromium")
    if chromium is None:
        sys.exit("make screenshots needs a browser: CHROMIUM names it (default: chromium on the PATH).")
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        with raised(folder, lambda shop: stock(shop, folder / "earlier"), live_through) as stage:
            begin_today(stage, folder / "today")
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            OUT.mkdir(exist_ok=True)
            for shot in shots(stage):
                take(browser, stage, shot)
            browser.close()


def stock(shop: StoreShop, folder: Path) -> None:
    """What the store sells already: two of every kind."""
    write_catalogue(folder, DRAWN, seed=3)
    fill(shop, [item for item in choose(folder, DRAWN) if not item.trouble])


def live_through(stage: Stage) -> None:
    """Three months of decisions."""
    looks = tuple(
        Look(
            product.truth or "",
            product.title,
            product.vendor,
            picture_url(stage.store.origin, product.media[0]),
        )
        for product in stage.shop.products.values()
    )
    shop, tree = the_shop(stage), label_tree(stage.bot.settings.model)
    models = EARLIER_MODEL, read_bundle(stage.bot.settings.model).version
    seed(stage.bot.database, Plot(shop, tree, PAST, shares=SHARES, catalogue=looks, models=models))
    while roll_up(stage.bot, shop)["more"]:
        pass
    done = {"finished_at": now(), "next_at": now() + timedelta(minutes=50)}
    with stage.bot.database.writing() as session:  # nobody is to look for what the store has never had
        session.execute(update(Chore).where(Chore.kind == Kind.RECONCILE.value).values(done))


def begin_today(stage: Stage, folder: Path) -> None:
    """A few products of today, most of which are published."""
    write_catalogue(folder, TODAYS, seed=12)
    gids = fill(stage.shop, [item for item in choose(folder, TODAYS) if not item.trouble])
    stage.wait(lambda: len(stage.reviews(State.PENDING, gids)) == len(gids))
    *approved, _, _, _, _ = stage.reviews(State.PENDING, gids)
    with stage.bot.database.writing() as session:
        for number, review in enumerate(approved):
            decisions.approve(session, the_shop(stage), review, Reviewer(("ann", "ben")[number % 2], "web"))
    stage.wait(lambda: all(stage.state(review) == State.PUBLISHED for review in approved))


def the_shop(stage: Stage) -> Shop:
    """The one shop there is."""
    with stage.bot.database.reading() as session:
        return session.scalars(select(Shop)).one()


def shots(stage: Stage) -> list[Shot]:
    """Every picture that is taken."""
    waiting, published = stage.reviews(State.PENDING)[-4:], stage.reviews(State.PUBLISHED)[-1]
    review = f"/review/{waiting[0]}"
    chosen = "state=pending&sort=least_sure"
    return [
        Shot("review", review),
        Shot("review-dark", f"/review/{waiting[1]}", window={**WIDE, "color_scheme": "dark"}),
        Shot("review-why", review, show_why, TALL),
        Shot("review-phone", f"/review/{waiting[2]}", window=PHONE),
        Shot("product", f"/review/{published}"),
        Shot("table", f"/table?{chosen}"),
        Shot("table-dark", "/table", window={**WIDE, "color_scheme": "dark"}),
        Shot("bulk", f"/bulk/new?all=1&kind=approve&least=90&{chosen}"),
        Shot("history", "/history"),
        Shot("insights", "/insights"),
        Shot("insights-dark", "/insights", window={**WIDE, "color_scheme": "dark"}),
        Shot("try", "/try", draw_one),
        Shot("settings", "/settings"),
        Shot("alone", "/settings/alone"),
        Shot("operations", "/operations"),
        Shot("mapping", "/mapping"),
        Shot("sign-in", "/login"),
    ]


def show_why(page: Page) -> None:
    """The heat map, and the most similar products that were decided."""
    page.keyboard.press("h")
    page.locator(".shot .heat").wait_for()
    page.keyboard.press("m")
    page.locator(".similar-here img").first.wait_for()
    page.wait_for_timeout(1500)


def draw_one(page: Page) -> None:
    """A product of the store, and what the model makes of it."""
    page.locator("button[name=draw]").press("Enter")
    page.locator(".try-result img").first.wait_for()


def take(browser: Browser, stage: Stage, shot: Shot) -> None:
    """One picture, with as many colours as a page needs."""
    window = browser.new_context(
        base_url=stage.origin, locale="en-GB", reduced_motion="reduce", **shot.window
    )
    page = window.new_page()
    if shot.path != "/login":
        Person(page, "ann").sign_in()
    page.goto(shot.path)
    shot.do(page)
    page.wait_for_load_state("networkidle") if shot.path == "/login" else page.wait_for_timeout(1500)
    file = OUT / f"{shot.name}.png"
    page.screenshot(path=file)
    window.close()
    with Image.open(file) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"{file.relative_to(ROOT)}: {file.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
