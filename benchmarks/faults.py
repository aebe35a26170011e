"""The fault table: the whole bot beside a local store that goes wrong, once per row.

Passing faults must cost nothing but time: every product published once, in its collection, and no call before
a wait that the store stated. Lasting faults must end with a reason on each product after one or two attempts,
and leave another shop alone. The store's THROTTLED empties the bucket for everyone, so calls on their way at
that moment are refused for want of points too; in rows without it that count must be 0.

    python benchmarks/faults.py --products 500 --json
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from shopify_bot.demo.showing import free_port
from shopify_bot.devstore.filling import catalogue_folder

sys.path.insert(0, str(Path(__file__).resolve().parent))

from lasting_faults import LASTING, run_lasting

PASSING: dict[str, dict[str, float]] = {
    "none": {},
    "20 % 429": {"rate_429": 0.20},
    "10 % 5xx": {"rate_5xx": 0.10},
    "5 % time-outs after the mutation": {"timeout_after_apply": 0.05},
    "5 % THROTTLED in 200": {"throttled": 0.05},
    "3 % resets": {"reset": 0.03},
    "all together": {
        "rate_429": 0.20,
        "rate_5xx": 0.10,
        "timeout_after_apply": 0.05,
        "throttled": 0.05,
        "reset": 0.03,
    },
}
COLUMNS = {
    "published_once": "once",
    "right_collection": "right collection",
    "lost": "lost",
    "duplicates": "duplicates",
    "seconds": "seconds",
    "calls": "calls",
    "refused_for_points": "refused for points",
    "lowest_points": "lowest points",
    "before_stated_wait": "too early",
}


def run_passing(faults: dict[str, float], catalogue: Path, asked: argparse.Namespace) -> dict[str, Any]:
    """One `shopify-bot demo --once` with products of that folder; returns its figures."""
    waits = {"retry_after_s": asked.stated_wait, "throttled_s": asked.stated_wait, "timeout_s": 1.0}
    command = [sys.executable, "-m", "shopify_bot", "demo", "--once", "--json", "--plan", asked.plan]
    command += ["--port", str(free_port()), "--products", str(asked.products)]
    command += [f"--fault={name}={value}" for name, value in (faults | waits).items()]
    command += ["--catalogue", str(catalogue)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True)
    figures = done.stdout.strip().rpartition("\n")[2]
    return json.loads(figures) if figures else {"failed": f"exit status {done.returncode}"}


def main() -> None:
    """Run every row that was asked for and print the table."""
    asked = arguments()
    rows = passing_rows(asked, [name for name in PASSING if not asked.only or name in asked.only])
    lasting = [name for name in LASTING if not asked.only or name in asked.only]
    for name in lasting:
        rows[name] = run_lasting(name, asked.lasting_products)
        print(f"{name}: {rows[name]}", file=sys.stderr, flush=True)
    if asked.json:
        print(json.dumps({"products": asked.products, "stated_wait_s": asked.stated_wait, "rows": rows}))
        return
    if passing := {name: row for name, row in rows.items() if name in PASSING}:
        print(f"\n{asked.products} products a row, stated wait {asked.stated_wait} s, plan {asked.plan}\n")
        print("\n".join(table(passing)))
    for name in lasting:
        print(f"\n{name}: {rows[name]['reason']}")


def passing_rows(asked: argparse.Namespace, names: list[str]) -> dict[str, dict[str, Any]]:
    """The figures of those passing faults, all with the same products."""
    rows: dict[str, dict[str, Any]] = {}
    if not names:
        return rows
    with catalogue_folder(asked.catalogue, asked.products) as catalogue:
        for name in names:
            rows[name] = run_passing(PASSING[name], catalogue, asked)
            told = [f"{title} {rows[name].get(key)}" for key, title in COLUMNS.items()]
            print(f"{name}: {', '.join(told)}", file=sys.stderr, flush=True)
    return rows


def table(rows: dict[str, dict[str, Any]]) -> list[str]:
    """The passing faults as a Markdown table."""
    lines = [f"| fault | {' | '.join(COLUMNS.values())} |", f"|---|{'---|' * len(COLUMNS)}"]
    for name, row in rows.items():
        cells = [f"{row[key]:.0f}" if key in row else "-" for key in COLUMNS]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--products", type=int, default=500, help="how many in each row of passing faults")
    parser.add_argument(
        "--lasting-products", type=int, default=20, help="how many in each lasting one's shops"
    )
    parser.add_argument(
        "--catalogue", type=Path, help="folder in the Kaggle layout; without it, drawn products"
    )
    parser.add_argument(
        "--plan", default="plus", help="the shop's plan, which is the size of its cost bucket"
    )
    parser.add_argument(
        "--stated-wait",
        type=float,
        default=0.5,
        help="seconds that 429 and THROTTLED state; Shopify's are 1-2",
    )
    parser.add_argument("--only", action="append", choices=[*PASSING, *LASTING], help="this row; repeatable")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    return parser.parse_args()


if __name__ == "__main__":
    main()
