"""How an agency publishes: where its items go public, where numbers come from, what its drafters are offered."""

from __future__ import annotations

from gongkai.agencies.models import Agency, AgencyKind
from gongkai.publishing.models import AgencyPractice, DayUnit, Item, KeyArea, Numbering, PublicationMode

# The shortest that a local rule sets for a list of the housing field is five days, a model catalogue says seven
# (docs: domain facts EX-09, EX-40); no law says how long a list is shown, so an agency sets its own.
PUBLICITY_DAYS = 7


def practice_of(agency: Agency) -> AgencyPractice:
    """How the agency publishes: what it set, or else the defaults, unsaved.

    A department works on the platform of its government unless it says otherwise; everybody else publishes here.
    """
    found = AgencyPractice.objects.filter(agency=agency).select_related("template").first()
    if found is not None:
        return found
    outside = agency.kind == AgencyKind.DEPARTMENT
    return AgencyPractice(
        agency=agency,
        mode=PublicationMode.OUTSIDE if outside else PublicationMode.OWN_SITE,
        numbering=Numbering.RECORDED if outside else Numbering.ISSUED,
        publicity_days=PUBLICITY_DAYS,
        publicity_unit=DayUnit.CALENDAR,
    )


def key_areas_of(agency: Agency, item: Item | None = None) -> list[tuple[str, str]]:
    """The key areas that the agency's drafters choose from, code and name; of an item also the one it has."""
    offered = dict(practice_of(agency).key_areas)
    if item is not None and item.key_area != KeyArea.NONE:
        offered.setdefault(item.key_area, name_of_area(agency, item.key_area))
    return [*offered.items(), (KeyArea.NONE.value, str(KeyArea.NONE.label))]


def name_of_area(agency: Agency, code: str) -> str:
    """The name of a key area by the agency's own words, else ours, else the code."""
    return str(practice_of(agency).key_areas.get(code) or dict(KeyArea.choices).get(code, code))
