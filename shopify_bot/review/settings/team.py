"""Who may sign in: the members of the shop's team, and the owners of this installation."""

from dataclasses import dataclass

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from shopify_bot.errors import NameTaken, PasswordTooShort
from shopify_bot.people import users
from shopify_bot.people.changelog import PASSWORD_SET, USER_ADDED, USER_BACK, USER_REMOVED, log_change
from shopify_bot.review.blueprint import pages, the_bot
from shopify_bot.review.languages import _
from shopify_bot.review.layout import show
from shopify_bot.review.notices import tell
from shopify_bot.review.session import begin_visit, visit
from shopify_bot.review.settings.figures import isolated
from shopify_bot.review.settings.members import find_member, is_last_owner, made_password, me, members
from shopify_bot.review.signing import limits
from shopify_bot.review.signing.login import tries, wait
from shopify_bot.tables import User

KEPT_IN_SESSION = ("shop", "language")


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
            if is_mine and (problem := current_problem(database, user)):
                return team_page(database, problems={"current": problem}), 422
            users.set_password(database, user, password)
            log_change(database, visit().shop, PASSWORD_SET, visit().user, name=name)
    except PasswordTooShort as error:
        with the_bot().database.reading() as database:
            return team_page(database, problems={f"password-{user.id}": problem_of(error)["password"]}), 422
    if is_mine:
        stay_signed_in(user)
    return after_password(
        name, None if chosen else password, _("%(name)s has a new password.", name=isolated(name))
    )


def current_problem(database: Session, user: User) -> str | None:
    """What is wrong with the present password in the form; nothing is asked of who has none yet.

    Tries count as those of the sign-in do: whoever finds a browser signed in is not to guess it here.
    """
    if not user.password_hash:
        return None
    of_name = limits.of_name(user.name)
    if wait_s := tries().wait_s(of_name):
        return wait(wait_s)
    if users.check_password(database, user.name, request.form.get("current", "")) is None:
        return _("This is not your password.")
    tries().forgive(of_name)
    return None


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
