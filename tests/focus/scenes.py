"""A thing of each kind in the own cluster of a scene, for the tests of rules and doors."""

from . import scenes_ideas, scenes_sharing, scenes_shortlisting, scenes_studies

SCENES = {
    **scenes_ideas.SCENES,
    **scenes_shortlisting.SCENES,
    **scenes_sharing.SCENES,
    **scenes_studies.SCENES,
}
