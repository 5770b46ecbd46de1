"""The form that brings a workbook in."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import SelectField
from wtforms.validators import InputRequired

from pairing.rosters.models import RosterKind
from pairing.web.choices import EnumRadioField
from pairing.web.form import BaseForm


class UploadRosterForm(BaseForm):
    """Which register, whose area, which file."""

    kind = EnumRadioField(_l("名册"), [InputRequired(_l("请选择名册"))], enum=RosterKind)
    area_code = SelectField(_l("区域"), [InputRequired(_l("请选择区域"))])
    file = FileField(_l("工作簿"), [FileRequired(_l("请选择 .xlsx 文件"))])
