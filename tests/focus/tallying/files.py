"""A small file of ballots in pabulib's format, whole or spoiled."""

import io

from hedgerow.focus.tallying.pabulib import read_ballots

META = ["key;value", "description;A long list", "budget;400", "vote_type;approval", "mood;warm"]
PROJECTS = ["project_id;cost;name;colour", "van;300;A van;red", "rota;100;A rota;blue"]
VOTES = ["voter_id;vote;age", "1;van;30", "2;van,rota;", "3;van;41", "4;rota;52"]


def lines(meta=META, projects=PROJECTS, votes=VOTES):
    return ["META", *meta, "PROJECTS", *projects, "VOTES", *votes]


def points(kind, *votes, **more):
    meta = [line.replace("approval", kind) for line in META]
    meta += [f"{key};{value}" for key, value in more.items()]
    return lines(meta=meta, votes=["voter_id;vote;points", *votes])


def read(found):
    data = found if isinstance(found, bytes) else "\n".join(found).encode()
    return read_ballots(io.BytesIO(data), "list.pb")


def ballots(found):
    told, faults = read(found)
    assert not faults, faults
    return told


def faults(found):
    told, wrong = read(found)
    assert told is None
    return [(fault.row, fault.column) for fault in wrong]
