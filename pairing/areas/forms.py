"""What forms have in common that ask for an area."""

from typing import Any

from flask_babel import lazy_gettext as _
from flask_login import current_user
from wtforms import Form, SelectField

from pairing.areas.queries import area_choices
from pairing.db import current_session
from pairing.web.choices import ALL


class AreaFilterForm(Form):
    """Narrow a list to an area inside the scope of the reader; stands in the address, so it names nobody."""

    area = SelectField(_("区域"), default="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 - passed on to WTForms
        super().__init__(*args, **kwargs)
        areas = area_choices(current_session(), current_user.scope_code)
        self.area.choices = [("", ALL), *areas] if len(areas) > 1 else areas
