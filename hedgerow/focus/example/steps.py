"""What every step of the example needs."""

from collections.abc import Mapping
from typing import Any

from hedgerow.people.example import Scene

Step = Mapping[str, Any]


def kept(scene: Scene, keys: list[str]) -> list[Any]:
    return [scene.kept[key] for key in keys]
