"""Finding the area that a cell names, however it is written."""

from collections import defaultdict
from collections.abc import Iterable

from pairing.errors import BadValue
from pairing.values.places import place_key
from pairing.values.text import fold
from pairing.wording import _

COMMUNITY, SUBDISTRICT, DISTRICT = 12, 9, 6  # lengths of area codes


class Gazetteer:
    """The areas that one import may name; *areas* are (code, name) pairs."""

    def __init__(self, areas: Iterable[tuple[str, str]]) -> None:
        self._codes: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for code, name in areas:
            self._codes[len(code)][place_key(name)].append(code)

    def community(self, cell: object, scope: str) -> str:
        """Return the code of the community of *scope* that *cell* names."""
        found = [code for code in self._codes[COMMUNITY][place_key(cell)] if code.startswith(scope)]
        if not fold(cell):
            raise BadValue("missing_community", _("请填写社区"))
        if not found:
            raise BadValue("unknown_community", _("没有“%(name)s”这个社区", name=fold(cell)[:20]))
        if len(found) > 1:
            raise BadValue("ambiguous_community", _("有几个同名社区,请写明街道"))
        return found[0]

    def any_area(self, cell: object, otherwise: str) -> str:
        """Return the code of the district, subdistrict or community that *cell* names."""
        text = fold(cell)
        if not text or text == "不限":
            return otherwise
        for length in self._levels(text):
            found = self._codes[length][place_key(cell)]
            if len(found) == 1:
                return found[0]
        raise BadValue("unknown_area", _("没有“%(name)s”这个区域", name=text[:20]))

    @staticmethod
    def _levels(text: str) -> tuple[int, ...]:
        """Say which level a name means; a bare name means a community first."""
        if text.endswith(("街道", "街道办", "街道办事处")):
            return (SUBDISTRICT,)
        if text.endswith("区") and not text.endswith("社区"):
            return (DISTRICT,)
        return (COMMUNITY, SUBDISTRICT, DISTRICT)
