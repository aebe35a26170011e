"""What every process of the bot holds: its settings, its database, its doorbell."""

from dataclasses import dataclass

from shopify_bot.database import Database
from shopify_bot.doorbell import Doorbell
from shopify_bot.settings import Settings, load
from shopify_bot.vault import with_own_secrets


@dataclass(frozen=True)
class Bot:
    """Passed to whatever needs it; there is no global one."""

    settings: Settings
    database: Database
    doorbell: Doorbell


def make_bot(settings: Settings | None = None) -> Bot:
    """Wire one process. Raises SettingsError when a setting is missing or wrong."""
    settings = with_own_secrets(settings or load())
    return Bot(settings, Database(settings.database), Doorbell(settings))
