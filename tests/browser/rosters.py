"""Importing a workbook, a real one where it is at hand."""

import re
from pathlib import Path

from tests.browser.person import Person
from tests.rosters.books import HOUSEHOLDS, VOLUNTEERS, book
from tests.support.makers import identity_number, phone_number

REAL = Path(__file__).resolve().parents[2].parent / "shared" / "rosters"
LABELS = {"households": "困难家庭", "volunteers": "志愿者"}
NAMES = ("王秀英", "李桂兰", "张守礼", "刘玉梅")


def workbook(kind: str, folder: Path) -> Path:
    """Return the office's own roster, or one of ours that is as untidy."""
    real = REAL / f"{kind}.xlsx"
    if real.exists():
        return real
    ours = folder / f"{kind}.xlsx"
    ours.write_bytes(_households() if kind == "households" else _volunteers())
    return ours


def upload(worker: Person, path: Path) -> None:
    """Bring a workbook in and wait for its verdicts."""
    worker.turns_to("导入").ticks(LABELS[path.stem], within="名册")
    worker.main.get_by_label("工作簿").set_input_files(path)
    worker.presses("上传并预览").sees("导入预览", "未通过", "可导入")


def import_roster(worker: Person, path: Path) -> int:
    """Upload, look at the verdicts, confirm; return how many rows were written."""
    upload(worker, path)
    confirm = worker.main.get_by_role("button", name="确认导入")
    count = int(re.search(r"\d+", confirm.inner_text()).group())
    confirm.click()
    worker.sees("导入结果", f"已写入 {count} 行")
    return count


def _households() -> bytes:
    rows = [("台西社区居委会", name, identity_number(), "城市低保", 1, "") for name in NAMES]
    return book(HOUSEHOLDS, *rows, ("台西", "无号", "370299", "低保", 1, ""))


def _volunteers() -> bytes:
    rows = [(name, "女", identity_number(), phone_number(), "台西", "周一上午", "1户") for name in NAMES]
    return book(VOLUNTEERS, *rows, ("无号", "女", "370299", "1", "台西", "", ""))
