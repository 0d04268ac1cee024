"""Pages and parts of them, read as elements."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input", "link", "meta", "use", "path", "circle", "line", "rect"}


@dataclass
class Element:
    tag: str
    attributes: dict[str, str]
    above: "Element | None" = None
    inside: list["Element"] = field(default_factory=list)
    words: str = ""

    def all(self, tag: str = "", **attributes: str) -> list["Element"]:
        """Every element below with this tag and these attributes; `_` stands for a hyphen."""
        wanted = {name.rstrip("_").replace("_", "-"): value for name, value in attributes.items()}
        found = []
        for one in self.inside:
            fits = all(one.attributes.get(name) == value for name, value in wanted.items())
            if fits and (not tag or one.tag == tag):
                found.append(one)
            found += one.all(tag, **attributes)
        return found

    def one(self, tag: str = "", **attributes: str) -> "Element":
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} of {tag} {attributes}"
        return found[0]

    def by_id(self, key: str) -> "Element":
        return self.one(id=key)

    @property
    def text(self) -> str:
        return " ".join((self.words + " ".join(one.text for one in self.inside)).split())

    def described_by(self, page: "Element") -> str:
        keys = self.attributes.get("aria-describedby", "").split()
        return " ".join(page.by_id(key).text for key in keys)


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = self.here = Element("", {})

    def handle_starttag(self, tag, attrs):
        one = Element(tag, {name: value or "" for name, value in attrs}, self.here)
        self.here.inside.append(one)
        if tag not in VOID:
            self.here = one

    def handle_startendtag(self, tag, attrs):
        self.here.inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag):
        if tag in VOID:
            return
        assert self.here.tag == tag, f"</{tag}> closes <{self.here.tag}>"
        self.here = self.here.above

    def handle_data(self, data):
        self.here.inside.append(Element("#", {}, self.here, words=data))


def read(text: str) -> Element:
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader.here is reader.root, f"<{reader.here.tag}> is left open"
    return reader.root
