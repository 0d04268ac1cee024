"""Licences under which funders publish: a key that lasts, a name, and its address."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Licence:
    key: str
    name: str
    url: str


LICENCES = (
    Licence(
        key="cc-by-4.0",
        name="Creative Commons Attribution 4.0",
        url="https://creativecommons.org/licenses/by/4.0/",
    ),
    Licence(
        key="ogl-3.0",
        name="Open Government Licence 3.0",
        url="https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
    ),
    Licence(
        key="cc0-1.0",
        name="Creative Commons Zero 1.0",
        url="https://creativecommons.org/publicdomain/zero/1.0/",
    ),
    Licence(
        key="odc-by-1.0",
        name="Open Data Commons Attribution 1.0",
        url="https://opendatacommons.org/licenses/by/1-0/",
    ),
    Licence(
        key="odc-pddl-1.0",
        name="Public Domain Dedication and Licence 1.0",
        url="https://opendatacommons.org/licenses/pddl/1-0/",
    ),
)
BY_KEY = {licence.key: licence for licence in LICENCES}
BY_URL = {licence.url: licence for licence in LICENCES}
