"""A thing of each kind in the own cluster of a scene, for the tests of rules and doors."""

from . import scenes_core_group, scenes_rest, scenes_rules

SCENES = {**scenes_core_group.SCENES, **scenes_rules.SCENES, **scenes_rest.SCENES}
