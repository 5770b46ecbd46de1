"""The ways in which a whole workbook is refused, in words for the person who sent it."""

from pairing.errors import BadValue
from pairing.wording import _

MOST_BYTES = 10 * 2**20


class WorkbookRefused(BadValue):
    """The file as a whole cannot be read; nothing of it is used."""


def not_xlsx() -> WorkbookRefused:
    """Refuse a file that is no .xlsx by its content."""
    return WorkbookRefused(
        "not_xlsx", _("这不是 .xlsx 工作簿,请用 Excel 或 WPS 另存为“Excel 工作簿(.xlsx)”后再上传")
    )


def old_xls() -> WorkbookRefused:
    """Refuse the binary format of Excel 97."""
    return WorkbookRefused("old_xls", _("这是旧版 .xls 工作簿,请另存为“Excel 工作簿(.xlsx)”后再上传"))


def encrypted() -> WorkbookRefused:
    """Refuse a workbook that opens only with a password."""
    return WorkbookRefused("encrypted", _("这个工作簿设有打开密码,请取消密码后再上传"))


def damaged() -> WorkbookRefused:
    """Refuse a workbook whose parts cannot be read."""
    return WorkbookRefused("damaged", _("这个工作簿已损坏,请用 Excel 或 WPS 打开、重新保存后再上传"))


def too_big() -> WorkbookRefused:
    """Refuse a file that is too large, as sent or unpacked."""
    return WorkbookRefused("too_big", _("文件太大,请拆分后再上传"))


def too_many_cells(most: int) -> WorkbookRefused:
    """Refuse a workbook with more than *most* cells, empty formatted ones included."""
    return WorkbookRefused(
        "too_many_cells", _("工作簿的单元格超过 %(most)s 个,请删去多余的行和列后再上传", most=most)
    )


def too_many_rows(most: int) -> WorkbookRefused:
    """Refuse a sheet with more than *most* rows to import."""
    return WorkbookRefused("too_many_rows", _("超过 %(most)s 行,请拆分成几个文件后再上传", most=most))


def too_many_columns(most: int) -> WorkbookRefused:
    """Refuse a sheet that is wider than any form."""
    return WorkbookRefused("too_many_columns", _("超过 %(most)s 列,请删去多余的列后再上传", most=most))


def too_many_sheets(most: int) -> WorkbookRefused:
    """Refuse a workbook with more sheets than any office keeps in one."""
    return WorkbookRefused("too_many_sheets", _("工作表超过 %(most)s 个,请拆分后再上传", most=most))


def no_header(names: list[str]) -> WorkbookRefused:
    """Refuse a workbook without the row of column names."""
    return WorkbookRefused("no_header", _("没有找到表头,表头应有这些列:%(names)s", names="、".join(names)))


def too_complex() -> WorkbookRefused:
    """Refuse a workbook that takes too long, or too much memory, to be read."""
    return WorkbookRefused("too_complex", _("这个工作簿太复杂,系统没有读完,请删去多余的格式、拆分后再上传"))


def busy() -> WorkbookRefused:
    """Refuse a workbook while others are still being read."""
    return WorkbookRefused("busy", _("同时上传的人太多,请过一分钟再上传"))


def refuse_size(data: bytes) -> None:
    """Refuse a file that is larger than any register."""
    if len(data) > MOST_BYTES:
        raise too_big()


def by_code(code: str, most: int | None) -> WorkbookRefused:
    """Make the refusal again that was made elsewhere."""
    return BOUNDED[code](most) if most is not None else PLAIN[code]()


PLAIN = {refuse().code: refuse for refuse in (not_xlsx, old_xls, encrypted, damaged, too_big)}
BOUNDED = {
    refuse(0).code: refuse for refuse in (too_many_cells, too_many_rows, too_many_columns, too_many_sheets)
}
