import pytest

from pairing.privacy.masking import mask_address, mask_identity, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳娜娜", "欧阳**"),
        ("阿里木·买买提", "阿**"),
        ("单于", "单*"),
        ("张", "张"),
        ("", ""),
    ],
)
def test_a_name_keeps_its_surname(name, masked):
    assert mask_name(name) == masked


def test_an_identity_number_keeps_its_first_6_and_last_4():
    assert mask_identity("370202195601010028") == "370202********0028"


def test_what_is_no_identity_number_shows_nothing():
    assert mask_identity("12345") == "*****"


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        ("+8613800138000", "138****8000"),
        ("13800138000", "138****8000"),
        ("+8653282881234", "0532-****1234"),
        ("+16502530000", "**********00"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_a_phone_hides_its_middle(phone, masked):
    assert mask_phone(phone) == masked


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("八大峡街道示例路195号3单元213室", "八大峡街道**路**号"),
        ("青岛市市南区香港中路街道示例小区3号楼", "青岛市市南区香港中路街道**路**号"),
        ("西藏路社区居委会示例路1号", "西藏路社区居委会**路**号"),
        ("示例路195号", "**路**号"),
        ("", ""),
    ],
)
def test_an_address_ends_at_the_community(address, masked):
    assert mask_address(address) == masked
