"""A thing of each kind in the own cluster of a scene, for the tests of rules and doors."""

from . import scenes_boards, scenes_decisions, scenes_meetings, scenes_promises

SCENES = {
    **scenes_decisions.SCENES,
    **scenes_meetings.SCENES,
    **scenes_promises.SCENES,
    **scenes_boards.SCENES,
}
