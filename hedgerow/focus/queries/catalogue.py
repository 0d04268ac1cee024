"""What clusters worked on before: the list of the programme, or the one that comes with Hedgerow."""

from functools import cache
from importlib.resources import files

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import read_yaml
from hedgerow.journeys.areas import Area, read_areas
from hedgerow.journeys.models import Journey
from hedgerow.journeys.queries.designs import read_design
from hedgerow.people.models import Cluster

NAME = "catalogue.yaml"


def areas_of(cluster: Cluster) -> tuple[Area, ...]:
    """The programme's own, where its design brings one and can be read. One query."""
    journey = Journey.objects.filter(cluster=cluster).select_related("design").first()
    if journey is None:
        return shipped()
    try:
        return read_design(journey.design).catalogue or shipped()
    except LookupError:
        return shipped()


@cache
def shipped() -> tuple[Area, ...]:
    """Raises ValueError if it has a fault."""
    text = (files("hedgerow.packs") / "focus" / NAME).read_text(encoding="utf-8")
    areas, faults = read_catalogue(text, name=NAME)
    if faults:
        raise ValueError(f"{NAME}: {faults[0].sentence}")
    return areas


def read_catalogue(text: str | bytes, *, name: str) -> tuple[tuple[Area, ...], tuple[Fault, ...]]:
    """The entries, or none and everything that is wrong. `name` is what faults call the file."""
    top = read_yaml(text, name=name)
    areas = read_areas(top, "catalogue", least=1)
    faults = top.faults()
    return (() if faults else areas), faults
