"""The ways in which a file is refused, in words for the person who sent it."""

from pairing.errors import BadValue
from pairing.wording import Wording, _


class FileRefused(BadValue):
    """The file is not kept."""


class Infected(FileRefused):
    """The scanner knows what is in the file; *signature* is its name for it."""

    def __init__(self, signature: str) -> None:
        super().__init__("infected", WORDS["infected"])
        self.signature = signature


WORDS: dict[str, Wording] = {
    "empty": _("是空文件,请重新选择"),
    "too_big": _("超过 8 MB,请压缩后再传"),
    "heic": _(
        "是苹果手机的 HEIC 照片,系统打不开。请在手机“设置-相机-格式”里选“兼容性最佳”后重拍,或截屏后再传"
    ),
    "not_photo": _("不是 JPEG、PNG 或 WebP 照片,请换一张照片"),
    "not_paper": _("不是可以上传的文件,请上传 PDF 或照片"),
    "damaged": _("已损坏,打不开,请换一个文件"),
    "too_many_pixels": _("尺寸太大,请用手机自带相机重拍或缩小后再传"),
    "too_many_frames": _("是动图,请换一张普通照片"),
    "active_pdf": _("带有脚本、附件或自动动作,请打印成新的 PDF 再传"),
    "encrypted_pdf": _("设有密码,请取消密码后再传"),
    "too_complex": _("太复杂,系统没有处理完,请换一个文件"),
    "busy": _("没有处理:同时上传的人太多,请过一分钟再传"),
    "infected": _("含有病毒,已拦下;请检查您的手机或电脑"),
    "no_scanner": _("没有收下:暂时无法查毒,请稍后再传"),
}


def refuse(code: str) -> FileRefused:
    """Refuse a file."""
    return FileRefused(code, WORDS[code])


def about(name: str, refused: FileRefused) -> Wording:
    """Say which of several files was refused."""
    return _("“%(name)s”%(why)s", name=name, why=refused.message) if name else refused.message
