"""The files that ship, as text, and how each is read."""

from importlib.resources import files

from hedgerow.journeys.packs import read_programme_pack, shipped_packs
from hedgerow.people.published import read_record

READERS = {"programmes": read_programme_pack, "records": read_record}
SHIPPED = [*(f"programmes/{slug}" for slug in shipped_packs()), "records/collaborate-2"]


def text_of(which):
    return (files("hedgerow.packs") / f"{which}.yaml").read_text(encoding="utf-8")


def read(which, text):
    """What is in a text, read as the file of this name would be, and its faults."""
    return READERS[which.split("/")[0]](text, name=f"{which}.yaml")


def told(faults):
    return [f"{fault.row}:{fault.column} {fault.sentence}" for fault in faults]
