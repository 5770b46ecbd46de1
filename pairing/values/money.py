"""Money as people write it ("2万元", "50,000.00元", 1250), kept as whole fen."""

import re
from decimal import Decimal

from pairing.errors import BadValue
from pairing.values.text import plain
from pairing.wording import Wording, _

UNITS = {
    "": 1,
    "百": 100,
    "千": 1_000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
}
AMOUNT = re.compile(
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<unit>百万|千万|[百千万亿]|)(?:元整|元|圆整|圆|块钱|块|)"
)
MARKS = re.compile(r"^(?:人民币|rmb|cny|¥)+", re.IGNORECASE)
NEGATIVE = re.compile(r"^(?:人民币|rmb|cny|¥)*(?:[-−–—]|负)[0-9¥]", re.IGNORECASE)
FEN_PER_YUAN = 100
WAN_FEN = 10_000 * FEN_PER_YUAN
LONGEST = 40
MOST_FEN = 10**14  # a trillion yuan, far below the 2**63 - 1 of the column


def read_money(value: object) -> int:
    """Read the amount in fen, exact; a bare number is yuan."""
    text = re.sub(r"[\s']", "", _digits(value))
    if not text:
        raise BadValue("missing_amount", _("请填写金额"))
    if NEGATIVE.match(text):
        raise BadValue("amount_negative", _("金额不能是负数"))
    match = AMOUNT.fullmatch(MARKS.sub("", text)) if len(text) <= LONGEST else None
    if match is None:
        raise _unreadable()
    yuan = Decimal(match["number"].replace(",", "")) * UNITS[match["unit"]]
    return _fen(yuan)


def plain_yuan(fen: int) -> str:
    """Write the amount as a form field holds it: 1234.5 yuan is "1234.50", 1234 yuan is "1234"."""
    return f"{Decimal(fen) / FEN_PER_YUAN:.{2 if fen % FEN_PER_YUAN else 0}f}"


def format_money(fen: int) -> Wording:
    """Write the exact amount for tables: "1,234.56 元"."""
    return _("%(amount)s 元", amount=f"{Decimal(fen) / FEN_PER_YUAN:,.2f}")


def format_money_short(fen: int) -> Wording:
    """Write the amount for headlines: "2 万元", "1.25 万元"; exact where that would be longer."""
    if fen and fen % (WAN_FEN // 100) == 0 and abs(fen) >= WAN_FEN:
        return _("%(amount)s 万元", amount=f"{(Decimal(fen) / WAN_FEN).normalize():,f}")
    if fen % FEN_PER_YUAN == 0:
        return _("%(amount)s 元", amount=f"{fen // FEN_PER_YUAN:,}")
    return format_money(fen)


def _digits(value: object) -> str:
    """Write numbers as Excel shows them, with 15 significant digits; else the text."""
    if isinstance(value, float):
        return f"{Decimal(f'{value:.15g}'):f}"
    return plain(value)


def _fen(yuan: Decimal) -> int:
    fen = yuan * FEN_PER_YUAN
    if fen > MOST_FEN:
        raise BadValue("amount_too_large", _("金额过大,请核对单位"))
    if fen != fen.to_integral_value():
        raise BadValue("amount_unreadable", _("金额最多到分,小数点后不超过两位"))
    return int(fen)


def _unreadable() -> BadValue:
    return BadValue("amount_unreadable", _("看不懂这个金额,请填写如 20000、2万元 或 50,000.00元"))
