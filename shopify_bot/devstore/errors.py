"""What can go wrong in the local store itself, one class per situation.

DevStoreError
├── CatalogueUnreadable   the folder does not hold a catalogue in the Kaggle layout
├── TaxonomyUnreadable    the taxonomy file cannot be read
├── PortTaken             something else listens on the port
├── TokenTaken            two shops were given the same token
├── UnknownShop           no shop of that domain was added
├── UnknownProduct        the shop has no such product
├── UnknownDeed           a shop does no such thing to an app
├── UnknownCategory       the taxonomy has no such category
└── UnknownSetting        a fault or webhook setting of that name does not exist
"""


class DevStoreError(Exception):
    """Base of all errors of the local store; the message says what happened and what to do."""


class CatalogueUnreadable(DevStoreError):
    """The folder does not hold `images/` and a readable `styles.csv`."""


class TaxonomyUnreadable(DevStoreError):
    """The taxonomy file is missing or has no line `gid : Full > Name`."""


class PortTaken(DevStoreError):
    """Something else listens on the port."""


class TokenTaken(DevStoreError):
    """Two shops were given the same token; the token tells the shops apart."""


class UnknownShop(DevStoreError):
    """No shop of that domain was added to the store."""


class UnknownProduct(DevStoreError):
    """The shop has no such product."""


class UnknownCategory(DevStoreError):
    """The taxonomy has no such category."""


class UnknownDeed(DevStoreError):
    """A shop does no such thing to an app."""


class UnknownSetting(DevStoreError):
    """A fault or webhook setting of that name does not exist."""
