"""Personal data as lists and notices show it: enough to recognise, too little to misuse."""

import re

SURNAME = re.compile(
    "(?:欧阳|司马|上官|诸葛|夏侯|皇甫|尉迟|公孙|慕容|令狐|长孙|宇文|司徒|司空|东方|西门|南宫|独孤|端木|轩辕|"
    "公羊|澹台|申屠|太史|淳于|单于|呼延|钟离|闻人|赫连|濮阳|公冶|宗政|仲孙|鲜于|闾丘|拓跋|百里|东郭)(?=.)|.?"
)
MOST_STARS = 2
IDENTITY_LENGTH = 18
MOBILE = re.compile(r"(?:\+86)?(1[0-9]{2})[0-9]{4}([0-9]{4})")
FIXED = re.compile(r"\+86([0-9]{2,3})[0-9]{3,4}([0-9]{4})")
PLACES = re.compile(r"(?:[^0-9号]+?(?:省|市|(?<!小)区|街道|镇|乡|村|社区居委会|居委会))*")
HIDDEN_ROAD = "**路**号"


def mask_name(name: str) -> str:
    """Keep the surname: 张*, 张**, 欧阳**; how long the rest is does not show beyond two."""
    rest = SURNAME.sub("", name, count=1)
    return name[: len(name) - len(rest)] + "*" * min(len(rest), MOST_STARS)


def mask_identity(identity: str) -> str:
    """Keep the first 6 and the last 4 characters: 370202********0028."""
    if len(identity) != IDENTITY_LENGTH:
        return "*" * len(identity)
    return f"{identity[:6]}********{identity[-4:]}"


def mask_phone(phone: str) -> str:
    """Keep the first 3 and the last 4 digits: 138****8000; of a fixed line area and last 4."""
    if match := MOBILE.fullmatch(phone):
        return f"{match[1]}****{match[2]}"
    if match := FIXED.fullmatch(phone):
        return f"0{match[1]}-****{match[2]}"
    return "*" * max(len(phone) - 2, 0) + phone[-2:] if len(phone) > MOST_STARS * 2 else "*" * len(phone)


def mask_address(address: str) -> str:
    """Keep what comes before the road, down to the community: 八大峡街道**路**号."""
    kept = PLACES.match(address)
    return (kept[0] if kept else "") + HIDDEN_ROAD if address else ""
