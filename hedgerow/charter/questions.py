"""What an organisation asks itself before it joins in, read from its file. No answer has a weight."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from hedgerow.core.faults import Fault
from hedgerow.core.yamls import Node, no_twins, read_yaml

# Stored with every answer, so for ever: value -> what people read.
ANSWERS = {
    "yes": "Yes",
    "partly": "Partly",
    "not_yet": "Not yet",
    "cannot_tell": "Cannot tell",
}
MINUTES = 5  # to answer them all
PARTS = ("size", "mindset", "leadership", "capacity")
FEWEST, MOST = 2, 4  # questions of a part


@dataclass(frozen=True, kw_only=True)
class Question:
    slug: str
    question: str
    hint: str


@dataclass(frozen=True, kw_only=True)
class Part:
    slug: str
    name: str
    sentence: str
    questions: tuple[Question, ...]


@cache
def readiness_parts() -> tuple[Part, ...]:
    """In order. Raises ValueError if the file that comes with Hedgerow has a fault."""
    parts, faults = read_parts(shipped_text(), name="readiness.yaml")
    if faults:
        raise ValueError(f"readiness.yaml: {faults[0].sentence}")
    return parts


def questions() -> dict[str, Question]:
    """By slug, in order."""
    return {it.slug: it for part in readiness_parts() for it in part.questions}


def shipped_text() -> str:
    return (files("hedgerow.packs") / "charter" / "readiness.yaml").read_text(encoding="utf-8")


def read_parts(text: str | bytes, *, name: str) -> tuple[tuple[Part, ...], tuple[Fault, ...]]:
    """The parts, or none and everything that is wrong. `name` is what faults call the file."""
    top = read_yaml(text, name=name)
    nodes = top.each("parts")
    parts = tuple(_part(node) for node in nodes)
    found = tuple(part.slug for part in parts)
    if all(found) and found != PARTS:
        top.fault(f"“parts” must be {', '.join(PARTS)}, in this order.", at="parts")
    no_twins([it for node in nodes for it in node.each("questions")], "slug")
    faults = top.faults()
    return ((), faults) if faults else (parts, ())


def _part(node: Node) -> Part:
    questions = node.each("questions", least=FEWEST)
    if len(questions) > MOST:
        node.fault(f"A part has {MOST} questions at most; this has {len(questions)}.")
    return Part(
        slug=node.slug("slug"),
        name=node.text("name", most=40),
        sentence=node.sentence("sentence", most=200),
        questions=tuple(_question(it) for it in questions),
    )


def _question(node: Node) -> Question:
    question = node.text("question", most=160)
    if question and not question.endswith("?"):
        node.fault("“question” must end with a question mark.", at="question")
    return Question(
        slug=node.slug("slug"),
        question=question,
        hint=node.sentence("hint", otherwise="", most=160),
    )
