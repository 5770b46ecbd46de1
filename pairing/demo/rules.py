"""Inventing people, homes and companies that cannot exist: identity numbers in the unassigned area 370299."""

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from stdnum.cn import ric, uscc

from pairing.values.people import Gender

AREA = "370299"
LAST_ORDER = 999
SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜"
    "范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"
)
FIRST = "淑建秀志玉明桂永文德春国晓海丽振兰华英福思一子家雅宏立佳锦云"
SECOND = {
    Gender.FEMALE: "芳敏静娟霞兰珍莲梅凤琴萍英红慧雪",
    Gender.MALE: "强军伟勇刚峰波涛辉鹏杰磊斌超豪远",
}
STREETS = ("示例一路", "示例二路", "示例三路", "示例支路", "示例大街", "示例巷")
WORDS = ("海润", "山禾", "云帆", "瑞丰", "泽远", "安和", "星达", "诚泰", "林溪", "启明", "德馨", "佳木")
TRADES = ("商贸有限公司", "物业服务有限公司", "餐饮管理有限公司", "科技有限公司", "集团有限公司")
LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


class Inventor:
    """A seeded source of invented people; the same seed invents the same district."""

    def __init__(self, seed: int, today: date) -> None:
        self.dice = Random(seed)  # noqa: S311 - invention, not security
        self.today = today
        self._orders: Iterator[int] = iter(range(10**9))
        self._births: dict[tuple[date, Gender], int] = {}

    def name(self, gender: Gender) -> str:
        """Return a name; one in four has a single given character."""
        given = self.dice.choice(SECOND[gender])
        middle = self.dice.choice(FIRST) if self.dice.random() < 0.75 else ""
        return self.dice.choice(SURNAMES) + middle + given

    def gender(self, women: float = 0.55) -> Gender:
        """Return a gender, a woman with probability *women*."""
        return Gender.FEMALE if self.dice.random() < women else Gender.MALE

    def birth(self, youngest: int, oldest: int) -> date:
        """Return a birth date of somebody *youngest* to *oldest* years old."""
        return self.today - timedelta(days=self.dice.randint(youngest * 366, oldest * 365))

    def identity(self, birth: date, gender: Gender) -> str:
        """Return a number of area 370299 with a right check digit, never the same twice."""
        order = self._births.get((birth, gender), 1 if gender is Gender.MALE else 0)
        if order > LAST_ORDER:  # a day has no more numbers: born the day before
            return self.identity(birth - timedelta(days=1), gender)
        self._births[birth, gender] = order + 2
        base = f"{AREA}{birth:%Y%m%d}{order:03d}"
        return base + str(ric.calc_check_digit(base + "0"))  # it leaves the last character out

    def phone(self) -> str:
        """Return a number that begins with 100, which no network gives out; each once."""
        return f"+8610{next(self._orders) + 1:09d}"

    def address(self) -> str:
        """Return an address on a street that does not exist."""
        dice = self.dice
        road, house = dice.choice(STREETS), dice.randint(1, 199)
        return f"{road}{house}号{dice.randint(1, 8)}单元{dice.randint(101, 606)}室"

    def company(self, number: int) -> tuple[str, str]:
        """Return the name and the credit code of an invented company."""
        body = "".join(self.dice.choice(LETTERS) for _ in range(7))
        base = f"91{AREA}MA{body}"
        name = f"示例{self.dice.choice(WORDS)}{number:02d}{self.dice.choice(TRADES)}"
        return name, base + str(uscc.calc_check_digit(base))

    def some(self, choices: tuple[str, ...], weights: tuple[int, ...]) -> str:
        """Return one of *choices* by weight."""
        return self.dice.choices(choices, weights)[0]

    def half_days(self, most: int) -> int:
        """Return a mask of one to *most* half-days, weekends and evenings a little likelier."""
        slots = [day * 3 + part for day in range(7) for part in range(3)]
        weights = [3 if slot >= 15 else 2 if slot % 3 == 2 else 1 for slot in slots]
        mask = 0
        for slot in self.dice.choices(slots, weights, k=self.dice.randint(1, most)):
            mask |= 1 << slot
        return mask
