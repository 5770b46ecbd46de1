"""Error pages in words: what happened, what was kept, what to do."""

from dataclasses import dataclass
from typing import Any

from flask import Flask, Response, current_app, make_response, render_template, request
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from pairing.errors import BadValue, NotFound, RuleBroken
from pairing.web.filters import translate
from pairing.web.preferences import own_path

RETRY_SECONDS = 5
TOLD = ("Allow", "Retry-After")  # headers of a refusal that the browser needs


@dataclass(frozen=True)
class Words:
    """What an error page says; each part may be lazy."""

    title: Any
    happened: Any
    kept: Any
    advice: Any


NOTHING_CHANGED = _("没有改动任何内容。")
UNREADABLE = Words(
    _("看不懂这个请求"),
    _("网址或提交的内容不完整。"),
    NOTHING_CHANGED,
    _("请从菜单重新进入这一页,再试一次。"),
)
MISSING = Words(
    _("没有找到这一页"),
    _("网址可能有误,内容可能已经移走,或不在您的工作范围内。"),
    NOTHING_CHANGED,
    _("请检查网址,或从首页、菜单重新进入。"),
)
EXPIRED = Words(
    _("页面已过期"),
    _("这一页打开得太久,或您在别处重新登录过,为保护账号安全没有提交。"),
    _("没有改动任何内容;返回上一页时,浏览器通常还留着刚才填写的内容。"),
    _("请返回上一页,刷新后再提交一次。"),
)
TOO_LARGE = Words(
    _("文件太大了"),
    _("上传的内容太大,一个文件最多 8 MB。"),
    NOTHING_CHANGED,
    _("请把文件拆小,或删去其中的图片,再上传。"),
)
NOT_NOW = Words(_("操作太频繁"), _("短时间内请求过多。"), NOTHING_CHANGED, _("请稍等一分钟再试。"))
BROKEN = Words(
    _("系统出了问题"),
    _("是系统的错误,不是您操作不当。错误已经记录。"),
    _("这一步没有完成,之前保存的内容都在。"),
    _("请稍后再试;如果再次出现,请告诉管理员发生的时间。"),
)
BUSY = Words(
    _("系统正忙"),
    _("数据库暂时没有应答。"),
    _("这一步没有完成,之前保存的内容都在。"),
    _("请等几秒钟,再试一次。"),
)
PAGES = {
    400: UNREADABLE,
    403: MISSING,
    404: MISSING,
    405: UNREADABLE,
    410: MISSING,
    413: TOO_LARGE,
    429: NOT_NOW,
}


def _answer(status: int, words: Words) -> Response:
    if request.headers.get("HX-Request"):
        return Response(f"{words.title}:{words.happened}{words.advice}", status, mimetype="text/plain")
    return make_response(render_template("errors/error.html", words=words, back=_own_referrer()), status)


def _answer_plainly(status: int, words: Words) -> Response:
    """Answer without the layout, which would ask the database again."""
    template = current_app.jinja_env.get_template("errors/broken.html")
    answer = Response(template.render(words=words), status, mimetype="text/html")
    if status == 503:
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
    return answer


def _own_referrer() -> str | None:
    """Return the page before this one, if it is ours."""
    path = (request.referrer or "").removeprefix(request.host_url.rstrip("/"))
    return own_path(path, "") or None


def rule_broken(error: RuleBroken) -> Response:
    """Answer with the broken rule in the user's words."""
    advice = _("请返回上一页查看最新情况。")
    return _answer(409, Words(_("这一步没有做"), translate(error.message), NOTHING_CHANGED, advice))


def changed_meanwhile(_error: StaleDataError) -> Response:
    """Answer whoever was slower than another deed on the same row by less than a blink."""
    happened = _("就在同一时刻,别人修改了同一份内容。")
    return _answer(409, Words(_("这一步没有做"), happened, NOTHING_CHANGED, _("请再试一次。")))


def bad_value(error: BadValue) -> Response:
    """Answer to something typed that no form has caught."""
    return _answer(400, Words(UNREADABLE.title, translate(error.message), NOTHING_CHANGED, UNREADABLE.advice))


def http_error(error: HTTPException) -> Response:
    """Answer to what Flask itself refuses; 403 looks like 404."""
    status = error.code or 500
    if status >= 500:
        return _answer_plainly(status, BUSY if status == 503 else BROKEN)
    if error.response is not None or status < 400:
        return error.get_response()  # type: ignore[return-value]  # a redirect, werkzeug's base class
    answer = _answer(404 if status == 403 else status, PAGES.get(status, UNREADABLE))
    answer.headers.extend((name, value) for name, value in error.get_headers() if name in TOLD)
    return answer


def database_away(_error: OperationalError) -> Response:
    """Answer while the database is locked or down."""
    current_app.logger.exception("the database did not answer")
    return _answer_plainly(503, BUSY)


def strange_host(_error: SecurityError) -> Response:
    """Answer to a Host that is not ours; plainly, since no address can be built for it."""
    return Response(f"{translate(UNREADABLE.title)}\n", 400, mimetype="text/plain")


def register_error_handlers(app: Flask) -> None:
    """Give every error of *app* a page in words."""
    app.register_error_handler(RuleBroken, rule_broken)
    app.register_error_handler(BadValue, bad_value)
    app.register_error_handler(StaleDataError, changed_meanwhile)
    app.register_error_handler(NotFound, lambda _error: _answer(404, MISSING))
    app.register_error_handler(CSRFError, lambda _error: _answer(400, EXPIRED))
    app.register_error_handler(OperationalError, database_away)
    app.register_error_handler(SecurityError, strange_host)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(InternalServerError, lambda _error: _answer_plainly(500, BROKEN))
