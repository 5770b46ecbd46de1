import pytest
from bs4 import BeautifulSoup

from tests.support.checks import page_problems


def words_of(answer):
    """Return the words of a page that must be sound."""
    soup = BeautifulSoup(answer.text, "html.parser")
    assert not page_problems(soup)
    return soup.main.get_text(" ", strip=True)


@pytest.mark.parametrize(
    ("name", "status", "words"),
    [
        ("rule", 409, "该户已有 2 位志愿者"),
        ("stale", 409, "别人修改了同一份内容"),
        ("value", 400, "身份证号校验位不对"),
        ("missing", 404, "没有找到这一页"),
        ("locked", 503, "系统正忙"),
        ("400", 400, "看不懂这个请求"),
        ("410", 410, "没有找到这一页"),
        ("413", 413, "文件太大了"),
        ("429", 429, "操作太频繁"),
        ("500", 500, "系统出了问题"),
        ("503", 503, "系统正忙"),
    ],
)
def test_error_is_a_page_in_words(visitor, name, status, words):
    answer = visitor.get(f"/refuse/{name}")

    assert answer.status_code == status
    assert words in words_of(answer)


def test_forbidden_looks_like_missing(visitor):
    forbidden, missing = visitor.get("/refuse/403"), visitor.get("/refuse/404")

    assert forbidden.status_code == missing.status_code == 404
    assert words_of(forbidden) == words_of(missing)


def test_busy_database_says_when_to_come_back(visitor):
    assert visitor.get("/refuse/locked").headers["Retry-After"] == "5"


def test_wrong_method_names_the_right_ones(visitor):
    answer = visitor.get("/preferences")

    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]


def test_form_without_a_token_is_an_expired_page(visitor):
    answer = visitor.post("/refuse/rule")

    assert answer.status_code == 400
    assert "页面已过期" in words_of(answer)


def test_unexpected_error_is_answered_without_details(site):
    site.add_url_rule("/break", "break", lambda: 1 // 0)

    answer = site.test_client().get("/break")

    assert answer.status_code == 500
    assert "系统出了问题" in words_of(answer)
    assert "ZeroDivision" not in answer.text


@pytest.mark.parametrize(
    ("before", "leads_back"), [("http://localhost/page?q=1", True), ("http://evil.example/page", False)]
)
def test_way_back_leads_only_to_our_own_pages(visitor, before, leads_back):
    page = visitor.get("/refuse/rule", headers={"Referer": before}).text

    assert ('href="/page?q=1"' in page) is leads_back
    assert "evil" not in page


def test_htmx_gets_the_words_alone(visitor):
    answer = visitor.get("/refuse/rule", headers={"HX-Request": "true"})

    assert answer.status_code == 409
    assert answer.mimetype == "text/plain"
    assert "该户已有 2 位志愿者" in answer.text
