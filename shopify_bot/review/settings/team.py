"""Who may sign in: the members of the shop's team, and the owners of this installation."""

import secrets
from dataclasses import dataclass
from datetime import datetime

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shopify_bot import sign_ins, users
from shopify_bot.changelog import PASSWORD_SET, USER_ADDED, USER_BACK, USER_REMOVED, log_change
from shopify_bot.errors import NameTaken, NotFound, PasswordTooShort
from shopify_bot.review.blueprint import LARGEST_ID, pages, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import begin_visit, visit
from shopify_bot.review.settings.figures import isolated
from shopify_bot.review.signing.browser import this_sign_in
from shopify_bot.tables import Shop, User

MOST_MEMBERS = 500
KEPT_IN_SESSION = ("shop", "language")
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of made passwords: none that is easily taken for another."""


@dataclass(frozen=True)
class Member:
    """Somebody who may sign in, and what may be done about it."""

    id: int
    name: str
    is_owner: bool
    is_me: bool
    has_password: bool
    has_shopify: bool
    is_barred: bool
    seen_at: datetime | None
    browsers: int
    """On how many browsers they are signed in."""
    can_manage: bool


@dataclass(frozen=True)
class Fresh:
    """A password that was just made: it is shown once, and kept nowhere."""

    name: str
    password: str


@pages.get("/settings/team")
def settings_team() -> ResponseReturnValue:
    """`GET /settings/team`: who may sign in to the shop on screen, how, and when they last did."""
    with the_bot().database.reading() as database:
        return team_page(database)


@pages.post("/settings/team/add")
def add_member() -> ResponseReturnValue:
    """`POST /settings/team/add`: let `name` sign in, with `password` or, without one, one that is made.

    `sees` is `all` for every shop, which only an owner may give.
    """
    name, chosen = request.form.get("name", "").strip(), request.form.get("password", "")
    password = chosen or made_password()
    sees_all = request.form.get("sees") == "all" and me().shop_id is None
    try:
        with the_bot().database.writing() as database:
            if problem := name_problem(name):
                return team_page(database, problems={"name": problem}), 422
            users.add_user(database, name, password, None if sees_all else visit().shop)
            log_change(database, visit().shop, USER_ADDED, visit().user, name=name)
    except (NameTaken, PasswordTooShort) as error:
        with the_bot().database.reading() as database:
            return team_page(database, problems=problem_of(error)), 422
    return after_password(name, None if chosen else password, _("%(name)s can sign in.", name=isolated(name)))


@pages.post("/settings/team/remove")
def remove_member() -> ResponseReturnValue:
    """`POST /settings/team/remove`: sign the user with the id `user` out for good; not oneself."""
    with the_bot().database.writing() as database:
        user = find_member(database, request.form.get("user"))
        if user.id == me().id:
            tell(_("You cannot remove yourself. Ask a colleague."), tone="warning")
        elif user.shop_id is None and is_last_owner(database):
            tell(_("There must be somebody who sees every shop."), tone="warning")
        else:
            users.remove_user(database, user)
            log_change(database, visit().shop, USER_REMOVED, visit().user, name=user.name)
            tell(_("%(name)s can no longer sign in.", name=isolated(user.name)))
    return redirect(url_for("pages.settings_team"), 303)


@pages.post("/settings/team/back")
def take_member_back() -> ResponseReturnValue:
    """`POST /settings/team/back`: let `user`, who was removed, sign in with Shopify again."""
    with the_bot().database.writing() as database:
        user = find_member(database, request.form.get("user"))
        if user.barred_at is not None:
            users.take_back(user)
            log_change(database, visit().shop, USER_BACK, visit().user, name=user.name)
        tell(_("%(name)s can sign in with Shopify again.", name=isolated(user.name)))
    return redirect(url_for("pages.settings_team"), 303)


@pages.post("/settings/team/password")
def new_password() -> ResponseReturnValue:
    """`POST /settings/team/password`: give `user` the password `password`, or one that is made.

    It signs them out everywhere. For one's own, `current` must be the present one.
    """
    chosen = request.form.get("password", "")
    password = chosen or made_password()
    try:
        with the_bot().database.writing() as database:
            user = find_member(database, request.form.get("user"))
            is_mine, name = user.id == me().id, user.name
            if is_mine and not is_right(database, user):
                return team_page(database, problems={"current": _("This is not your password.")}), 422
            users.set_password(database, user, password)
            log_change(database, visit().shop, PASSWORD_SET, visit().user, name=name)
    except PasswordTooShort as error:
        with the_bot().database.reading() as database:
            return team_page(database, problems={f"password-{user.id}": problem_of(error)["password"]}), 422
    if is_mine:
        stay_signed_in(user)
    return after_password(name, None if chosen else password, _("%(name)s has a new password.", name=isolated(name)))


def me() -> User:
    """Who makes this request."""
    found = this_sign_in()
    if found is None:
        raise NotFound("You are not signed in.")
    return found.user


def members(database: Session, shop: Shop) -> list[Member]:
    """The shop's team, and those who see every shop; they are managed by one another alone."""
    query = select(User).where(or_(User.shop_id == shop.id, User.shop_id.is_(None)))
    found = list(database.scalars(query.order_by(User.shop_id.is_(None), User.name).limit(MOST_MEMBERS)))
    browsers = sign_ins.counts(database, found)
    return [member(user, browsers.get(user.id, 0)) for user in found]


def member(user: User, browsers: int) -> Member:
    """One line of the team."""
    return Member(
        user.id,
        user.name,
        user.shop_id is None,
        user.id == me().id,
        bool(user.password_hash),
        user.shopify_id is not None,
        user.barred_at is not None,
        user.seen_at,
        browsers,
        may_manage(user),
    )


def may_manage(user: User) -> bool:
    """Whether who makes this request may change that user's access."""
    return user.shop_id is not None or me().shop_id is None


def find_member(database: Session, sent: str | None) -> User:
    """The user of that id, if who makes this request may manage them here. Raises NotFound."""
    user_id = int(sent) if sent and sent.isdecimal() and sent.isascii() else 0
    user = database.get(User, user_id) if user_id <= LARGEST_ID else None
    if user is None or user.shop_id not in (None, visit().shop.id) or not may_manage(user):
        raise NotFound("There is no such user here.")
    return user


def is_last_owner(database: Session) -> bool:
    """Whether one more removal would leave nobody who sees every shop."""
    query = select(User.id).where(User.shop_id.is_(None)).with_for_update()
    return len(list(database.scalars(query))) < 2


def is_right(database: Session, user: User) -> bool:
    """Whether the form holds the present password of the user; nothing is asked of who has none yet."""
    current = request.form.get("current", "")
    return not user.password_hash or users.check_password(database, user.name, current) is not None


def stay_signed_in(user: User) -> None:
    """Begin anew on this browser alone, after all were signed out."""
    kept = {name: session[name] for name in KEPT_IN_SESSION if name in session}
    begin_visit(user)
    session.update(kept)


def after_password(name: str, made: str | None, told: str) -> ResponseReturnValue:
    """Back to the team; a password that was made is shown on this very answer, and never again."""
    if made is None:
        tell(told)
        return redirect(url_for("pages.settings_team"), 303)
    with the_bot().database.reading() as database:
        return team_page(database, fresh=Fresh(name, made))


def team_page(database: Session, problems: dict[str, str] | None = None, fresh: Fresh | None = None) -> str:
    """The page, with what is wrong beside each field, or a password to copy."""
    return show(
        database,
        "settings_team.html",
        members=members(database, visit().shop),
        is_owner=me().shop_id is None,
        problems=problems or {},
        typed=request.form,
        fresh=fresh,
        shortest=users.SHORTEST_PASSWORD,
    )


def name_problem(name: str) -> str | None:
    """What is wrong with a new name."""
    if not name:
        return _("Enter a name.")
    if len(name) > users.LONGEST_NAME or not name.isprintable():
        return _("Choose a name of at most %(count)s plain characters.", count=users.LONGEST_NAME)
    return None


def problem_of(error: NameTaken | PasswordTooShort) -> dict[str, str]:
    """What is wrong, by field."""
    if isinstance(error, NameTaken):
        return {"name": _("That name is taken. Choose another.")}
    return {"password": _("It needs at least %(count)s characters.", count=users.SHORTEST_PASSWORD)}


def made_password() -> str:
    """A password that can be read out: four groups of four letters and digits, near 80 bits."""
    return "-".join("".join(secrets.choice(LETTERS) for _place in range(4)) for _group in range(4))
