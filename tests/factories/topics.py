from itertools import count

from secretariat.registry.topics.actions import load_topics, register_topic
from secretariat.registry.topics.models import Scheme
from secretariat.simulation.profile import load_profile
from tests.factories.accounts import INSTALLER, NOW
from tests.factories.places import WIC

_numbers = count(1)


def make_topic(key=None, *, actor=INSTALLER, now=NOW, **kw):
    key = key or f"topic-{next(_numbers):03d}"
    names = {"name_en": key.replace("-", " ").capitalize(), "name_zh": f"主题{key}"}
    return register_topic(key=key, actor=actor, now=now, **{**names, **kw})


def make_scheme(key=None, **kw):
    key = key or f"scheme-{next(_numbers):03d}"
    return Scheme.objects.create(**{"key": key, "name_en": key, "name_zh": key, **kw})


def load_wic_topics(*, actor=INSTALLER, now=NOW):
    """The whole vocabulary of the profile."""
    profile = load_profile(WIC)
    return load_topics(schemes=profile.schemes, topics=profile.topics, actor=actor, now=now)
