"""Where an idea of the long list comes from."""

from hedgerow.focus.models import Idea, Source
from hedgerow.look.words import first_low

from .catalogue import areas_of
from .ideas_needs import needs_of

FROM = {
    Source.PICTURE: "From our shared picture",
    Source.MEMBER: "From one of us",
    Source.CATALOGUE: "From what clusters worked on before",
    Source.ELSEWHERE: "From what others already do",
}


def source_of(idea: Idea) -> tuple[str, dict[str, str]]:
    """Where it comes from in a sentence or two, and what to think of at each test."""
    begins = FROM[Source(idea.source)]
    match idea.source:
        case Source.PICTURE:
            need = next((it for it in needs_of(idea.cluster) if it.slug == idea.came_from), None)
            return (f"{begins}: {first_low(need.name)}. {need.words}" if need else f"{begins}."), {}
        case Source.CATALOGUE:
            area = next((it for it in areas_of(idea.cluster) if it.slug == idea.came_from), None)
            if area is None:
                return f"{begins}.", {}
            of = area.source
            told = f"{begins}: {first_low(area.title)} ({of.publisher}, {of.title}, {of.year})."
            return told, dict(area.hints)
        case Source.ELSEWHERE if idea.came_from:
            return f"{begins}: {idea.came_from}.", {}
    return f"{begins}.", {}
