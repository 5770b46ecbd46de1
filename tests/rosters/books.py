"""Workbooks written for a test, as untidy as a test wants them."""

import io
from collections.abc import Sequence

import xlsxwriter

HOUSEHOLDS = ("社区*", "户主姓名*", "户主身份证号*", "家庭类别*", "家庭人口", "备注")
MEMBERS = ("户主身份证号*", "户主姓名", "成员姓名*", "成员身份证号*", "与户主关系*")
VOLUNTEERS = ("姓名*", "性别", "身份证号*", "联系电话*", "所在社区*", "可服务时间", "可结对户数")
ENTERPRISES = ("单位名称*", "统一社会信用代码*", "联系人*", "联系电话*", "认捐金额", "帮扶范围", "有效期至")


def book(columns: Sequence[str], *rows: Sequence[object], members: Sequence[Sequence[object]] = ()) -> bytes:
    """Write a roster with two lines above its header, as offices do."""
    packed = io.BytesIO()
    with xlsxwriter.Workbook(packed, {"in_memory": True, "strings_to_formulas": False}) as workbook:
        for names, lines in ((columns, rows), (MEMBERS, members)):
            sheet = workbook.add_worksheet()
            for number, line in enumerate((["登记表"], ["填写说明"], names, *lines)):
                sheet.write_row(number, 0, line)
    return packed.getvalue()
