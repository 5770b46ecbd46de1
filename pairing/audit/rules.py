"""The deeds of the trail, in words."""

from pairing.wording import Wording, _

ACTIONS: dict[str, Wording] = {
    "create_user": _("建立账号"),
    "approve_account": _("通过账号"),
    "refuse_account": _("不通过账号"),
    "disable_account": _("停用账号"),
    "change_password": _("修改密码"),
}
