"""Peak memory of processes, as Linux accounts it."""

from pathlib import Path

from shopify_bot.running.supervisor import Child


def peak_mb(children: list[Child]) -> dict[str, int]:
    """Highest resident memory so far by child, in megabytes; empty where the system does not tell."""
    found = {}
    for child in children:
        if child.process is not None:
            total = sum(high_water_mb(pid) for pid in family(child.process.pid))
            if total:
                found[child.name] = total
    return found


def family(pid: int) -> list[int]:
    """A process and its children, such as gunicorn's worker."""
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        text = ""
    return [pid, *(each for child in text.split() for each in family(int(child)))]


def high_water_mb(pid: int) -> int:
    """VmHWM of a process, in megabytes; 0 when unknown."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM:"))
