"""What a server refuses, and how it says so (拒绝与错误).

A refusal is one sentence of the catalogue with a status. Programs get it as `application/problem+json`
(RFC 9457), people as a page, both in the language they ask for.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from gouji.errors import GoujiError, InputError, spoken
from gouji.messages import N_, Catalogue

PROBLEM_JSON = "application/problem+json"


class Refusal(GoujiError):  # noqa: N818 (an answer, not a fault)
    """A request the server does not grant (拒绝); the sentence is an id of the catalogue."""

    def __init__(
        self,
        status: int,
        sentence: str,
        /,
        *,
        headers: dict[str, str] | None = None,
        **words: object,
    ) -> None:
        super().__init__(Catalogue()(sentence, **words))
        self.status = status
        self.sentence = sentence
        self.words = words
        self.headers = headers or {}

    @classmethod
    def of(cls, error: InputError) -> Self:
        """Return what the reader says of an input as a refusal (读入的拒绝)."""
        refusal = cls(422, error.sentence)
        refusal.words = error.words
        return refusal

    def said(self, say: Catalogue) -> str:
        """Return the sentence in a reader's language."""
        return say(self.sentence, **spoken(self.words, say))


class Problem(BaseModel):
    """Why a request failed (错误), after RFC 9457."""

    model_config = ConfigDict(use_attribute_docstrings=True)

    type: str = "about:blank"
    title: str
    """The status in words."""
    status: int
    detail: str
    """One sentence for a person, in the language asked for."""
    errors: list[dict[str, Any]] = Field(default_factory=list)
    """Which fields of the request are wrong, where that is the trouble."""


def problem_of(status: int, detail: str, errors: list[dict[str, Any]] | None = None) -> Problem:
    """Return the problem of a status and a sentence."""
    return Problem(
        title=HTTPStatus(status).phrase, status=status, detail=detail, errors=errors or []
    )


NOT_FOUND = N_("没有这份文档：编号有误，或已被删除。")
NO_SUCH_PAGE = N_("没有这个地址。")
GONE_NOW = N_("打不开：{why}")
NO_PAGE = N_("这份文档没有第 {n} 页；共 {count} 页。")
NO_FINDING = N_("这份报告里没有指纹为 {fingerprint} 的发现。")
NO_DECISION = N_("这处发现还没有复核意见。")
NOT_DONE = N_("这份文档还没有核查完，请稍后再取。")
HAS_FAILED = N_("这份文档没有查成：{sentence}")
NO_PICTURE = N_("这份文档没有页面图像：只有 PDF 有。")
UNDRAWABLE = N_("第 {n} 页画不出来：{sentence}")
IN_PROGRESS = N_("这份文档还在排队或核查，请等它结束后再重新核查。")
BAD_REQUEST = N_("请求有误：{what}。")
BAD_METHOD = N_("这个地址不接受 {method} 请求。")
BAD_FIELDS = N_("请求的内容有误：{fields}。")
TOO_LARGE_BODY = N_("上传的内容超过 {limit} MB 的上限；请分几次上传。")
INTERNAL = N_("gouji 内部出错，已记入日志；请重试，仍不成请报告。")
STORE_FULL = N_("服务器写不进文件（{why}）；请检查磁盘空间与权限。")
WRONG_HOST = N_("不认识的主机名 {host}；请用启动时显示的地址，或把主机名加入 GOUJI_HOSTS。")
CROSS_SITE = N_("请求来自别的网站，已拒绝；请在本服务自己的页面上操作。")
STALE_FORM = N_("页面已过期，没有执行；请刷新页面后再试。")
NEEDS_LOGIN = N_("需要口令：请在 Authorization 头里给出 Bearer 口令，或先登录。")
WRONG_TOKEN = N_("口令不对。")
TOO_MANY_TRIES = N_("试得太多了；请 {seconds} 秒后再试。")
TOO_MANY_DOCUMENTS = N_("提交得太快；请 {seconds} 秒后再交。")
QUEUE_FULL = N_("已有 {count} 份文档在排队，达到上限；请 {seconds} 秒后再交。")
