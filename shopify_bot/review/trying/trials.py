"""What was tried in this visit: the last few, in Redis for two hours, for this browser alone."""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, cast

from flask import session
from redis import Redis

from shopify_bot.errors import WorkerSilent
from shopify_bot.tables import Prediction, now
from shopify_bot.verdicts import Verdict, percent, verdict

KEPT_S = 2 * 60 * 60
MOST = 12
PREFIX = "shopify-bot:try:1"
SHOWN, HEAT = "picture", "heat"
TYPES = {SHOWN: "image/jpeg", HEAT: "image/png"}


@dataclass(frozen=True)
class Likely:
    """One of the most likely labels; `probability` is between 0 and 1."""

    label: str
    probability: float

    @property
    def percent(self) -> str:
        """Rounded, but never to certainty."""
        return percent(self.probability)


@dataclass(frozen=True)
class Trial:
    """One thing that was tried; `source` is upload, address, product or title, `name` what it is called."""

    id: str
    source: str
    name: str
    title: str
    at: str
    seconds: float
    has_picture: bool
    has_heat: bool
    answer: dict[str, Any]

    @property
    def tried_at(self) -> datetime:
        return datetime.fromisoformat(self.at)

    @property
    def likely(self) -> list[Likely]:
        """The most likely labels, best first."""
        return [Likely(str(each["label"]), float(each["probability"])) for each in self.answer["top"]]

    @property
    def verdict(self) -> Verdict | None:
        """What it comes to, in the words of the review."""
        names = ("label", "confidence", "sure", "category", "category_confidence", "kind", "decides_alone")
        return verdict(Prediction(**{name: self.answer[name] for name in names}))


class Trials:
    """Those of one session. Raises RedisError while Redis is away."""

    def __init__(self, redis: Redis, key: str) -> None:
        self.redis, self.key = redis, f"{PREFIX}:{key}"

    def add(self, trial: Trial, pictures: dict[str, bytes]) -> None:
        """Keep it as the latest one; those over MOST are forgotten with their pictures."""
        dropped = [each.id for each in self.all()[MOST - 1 :]]
        with self.redis.pipeline(transaction=True) as steps:
            for name, data in pictures.items():
                steps.set(self.picture_key(trial.id, name), data, ex=KEPT_S)
            for trial_id in dropped:
                steps.delete(*(self.picture_key(trial_id, name) for name in TYPES))
            steps.lpush(self.key, json.dumps(asdict(trial)))
            steps.ltrim(self.key, 0, MOST - 1)
            steps.expire(self.key, KEPT_S)
            steps.execute()

    def all(self) -> list[Trial]:
        """The latest first."""
        return [Trial(**json.loads(each)) for each in cast(Any, self.redis.lrange(self.key, 0, MOST))]

    def picture(self, trial_id: str, name: str) -> bytes | None:
        """One of the pictures, None once it is gone."""
        return cast(bytes | None, self.redis.get(self.picture_key(trial_id, name)))

    def forget(self) -> None:
        """Delete all of it."""
        pictures = [self.picture_key(each.id, name) for each in self.all() for name in TYPES]
        self.redis.delete(self.key, *pictures)

    def picture_key(self, trial_id: str, name: str) -> str:
        return f"{self.key}:{trial_id}:{name}"


def trials_of_session(redis: Redis | None) -> Trials:
    """The trials of the browser that asks, which is given its own key. Raises WorkerSilent without Redis."""
    if redis is None:
        raise WorkerSilent("Redis is away.")
    return Trials(redis, session.setdefault("trying", secrets.token_urlsafe(16)))


def new_trial(source: str, name: str, title: str, seconds: float, answer: dict[str, Any]) -> Trial:
    """What was tried just now; the pictures of the answer are kept apart."""
    told = {key: value for key, value in answer.items() if key not in TYPES}
    shown, heat = answer.get(SHOWN) is not None, answer.get(HEAT) is not None
    return Trial(secrets.token_urlsafe(8), source, name, title, now().isoformat(), seconds, shown, heat, told)
