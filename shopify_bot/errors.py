"""What can go wrong in the bot, one class per situation.

ShopifyBotError
├── SettingsError         a setting is missing or wrong
├── NotFound              no such row in this shop
├── IllegalMove           a review cannot go from this state to that one
├── MovedMeanwhile        somebody else moved the review first
├── LeaseLost             another worker was given what we were doing
├── NoLabel               there is no predicted label to approve
├── UnknownLabel          the label is not in the model's label tree
├── BadMapping            a label cannot be mapped to that
├── CannotLookUp          the store did not say what a mapping to be changed needs
├── BadSheet              a table of mappings cannot be read, or holds what a label cannot be mapped to
├── NotPublished          there is nothing in the store to take back
├── NothingToUndo         of a bulk action nothing can be taken back any more
├── CollectionUnfit       the collection of a label is not what it should be
├── PasswordTooShort      a new user's password is too easy
├── NameTaken             a user of that name exists
├── NotWelcome            somebody whom Shopify vouches for may not come in here
├── BadToken              an access token that no store can have given
├── WrongShop             an access token of another store than the one named
├── WorkerSilent          no classify worker answered what was asked
├── AskRefused            a classify worker says why it cannot answer
├── CannotDecrypt         a stored token fits none of the keys
└── StartError            a process of `run` cannot be started
"""


class ShopifyBotError(Exception):
    """Base of all errors of the bot; the message says what happened and what to do."""


class SettingsError(ShopifyBotError):
    """A setting is missing or wrong."""


class NotFound(ShopifyBotError):
    """No such row in this shop."""


class IllegalMove(ShopifyBotError):
    """A review cannot go from this state to that one."""


class MovedMeanwhile(ShopifyBotError):
    """Somebody else moved the review first; look at it again."""


class LeaseLost(ShopifyBotError):
    """Another worker was given what we were doing, since we had not been heard of."""


class NoLabel(ShopifyBotError):
    """There is no predicted label to approve; correct the review to a label instead."""


class UnknownLabel(ShopifyBotError):
    """The label is not in the model's label tree."""


class NotPublished(ShopifyBotError):
    """There is nothing in the store to take back, or a later publication must be taken back first."""


class NothingToUndo(ShopifyBotError):
    """Of a bulk action nothing can be taken back any more: all was published, or undone before."""


class CollectionUnfit(ShopifyBotError):
    """The collection of a label was deleted in the store, or another one bears its handle."""


class BadMapping(ShopifyBotError):
    """A label cannot be mapped to that; `part` is the part of the mapping that is wrong."""

    def __init__(self, part: str, message: str) -> None:
        super().__init__(message)
        self.part = part


class CannotLookUp(ShopifyBotError):
    """The store did not say what a mapping to be changed needs; nothing was changed."""


class BadSheet(ShopifyBotError):
    """A table of mappings cannot be read, or holds what a label cannot be mapped to; nothing was changed."""


class PasswordTooShort(ShopifyBotError):
    """A new password has fewer than ten characters."""


class NameTaken(ShopifyBotError):
    """A user of that name exists."""


class NotWelcome(ShopifyBotError):
    """Somebody whom Shopify vouches for may not come in here."""


class BadToken(ShopifyBotError):
    """An access token that no store can have given."""


class WrongShop(ShopifyBotError):
    """An access token of another store than the one named."""


class WorkerSilent(ShopifyBotError):
    """No classify worker answered in time."""


class AskRefused(ShopifyBotError):
    """A classify worker says why it cannot answer; `reason` is a word of `shopify_bot.asking.answers`."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason


class CannotDecrypt(ShopifyBotError):
    """A stored token fits none of the keys in SHOPIFY_BOT_TOKEN_KEYS."""


class StartError(ShopifyBotError):
    """A process of `run` cannot be started."""
