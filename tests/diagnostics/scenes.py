"""A thing of each kind in the own cluster of a scene, for the tests of rules and doors."""

from . import scenes_pictures, scenes_rounds, scenes_sheets

SCENES = {**scenes_rounds.SCENES, **scenes_sheets.SCENES, **scenes_pictures.SCENES}
