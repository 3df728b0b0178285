"""The real client (模型客户端): langchain chat models, structured answers, bounded in every way.

Structured output goes by strict JSON Schema where the server has it, else by tool calling, else by
JSON mode; what worked is remembered for each model. Whatever a server promises, every answer is
validated here. The key comes from the environment and is never logged; texts are not logged either.
"""

from __future__ import annotations

import asyncio
import logging
import os
import re
import threading
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from gouji.errors import InputError
from gouji.llm.answers import wire_schema
from gouji.llm.cache import AnswerCache, key_of, method_key, name_key
from gouji.llm.faults import failure_of, is_loading, is_transient, is_unsupported, wait_of
from gouji.llm.limits import Limits
from gouji.llm.options import ModelOptions, cache_folder
from gouji.llm.port import Failure, Reply, Request, Usage, require_reach
from gouji.llm.prompts import NEEDS_EXTRA, TASKS
from gouji.llm.trial import trial_of
from gouji.messages import N_

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel
    from langchain_core.messages import AIMessage

Method = Literal["json_schema", "function_calling", "json_mode"]
METHODS: tuple[Method, ...] = get_args(Method)
KEY = "GOUJI_API_KEY"
"""Environment variable with the key; the provider's own (OPENAI_API_KEY …) is read where it is unset."""
LARGEST = 200_000
"""Characters of an answer that are looked at; a longer one is a fault."""
MOST_OUTPUT = 2000
LOADING = 180.0
"""Seconds a server may take to load its model, within the document's deadline …"""
LOADING_STEP = 2.0
"""… and between two looks whether it has."""
_FENCE = re.compile(r"^\s*```(?:json)?\s*(.*?)\s*```\s*$", re.DOTALL)
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_LONGEST_NAME = 80
_LOGGERS = ("openai", "httpx", "httpcore", "httpx2", "httpcore2", "langchain", "langsmith")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one way of asking came to (结果)."""

    answer: BaseModel | None
    failure: Failure | None
    usage: Usage
    unsupported: bool = False


class Server:
    """One model at one server (服务): its client, the cache, and the way to structured output."""

    def __init__(self, options: ModelOptions) -> None:
        require_reach(options.base_url)
        for name in _LOGGERS:
            logging.getLogger(name).setLevel(logging.WARNING)
        self.model = _chat_model(options)
        self.cache = AnswerCache(cache_folder(os.environ)) if options.use_cache else None
        remembered = self.cache.get(method_key(options)) if self.cache else None
        self.proven: Method | None = next((m for m in METHODS if m == remembered), None)
        self.answering = self.cache.get(name_key(options)) if self.cache else None
        self.fit: dict[str, bool] = {}
        """Task → whether the model has passed its trial."""

    def methods(self) -> tuple[Method, ...]:
        """Return the ways to try: the proven one alone, else all."""
        return METHODS if self.proven is None else (self.proven,)

    def prove(self, method: Method, options: ModelOptions) -> None:
        """Remember what worked."""
        if self.proven is None:
            self.proven = method
            if self.cache is not None:
                self.cache.put(method_key(options), method)

    def name_itself(self, message: AIMessage, options: ModelOptions) -> None:
        """Remember what model the server says it is: many answer whatever name they are asked by."""
        said = message.response_metadata.get("model_name")
        known = isinstance(said, str) and said.isprintable() and 0 < len(said) <= _LONGEST_NAME
        if known and said != self.answering:
            self.answering = str(said)
            if self.cache is not None:
                self.cache.put(name_key(options), self.answering)


class Chat:
    """A chat model behind the port (聊天模型); `for_document` starts fresh limits."""

    def __init__(self, options: ModelOptions, server: Server | None = None) -> None:
        self._options = options
        self._server = server or Server(options)
        self._limits = Limits(options)

    @property
    def name(self) -> str:
        """What the report calls the model: as asked for, and as it calls itself where that differs."""
        asked, said = self._options.model, self._server.answering
        return asked if said is None or asked in (said, f"openai:{said}") else f"{asked} ({said})"

    def for_document(self) -> Chat:
        """Return the same model with the limits of a new document."""
        return Chat(self._options, self._server)

    def ask(self, requests: Sequence[Request]) -> list[Reply]:
        """Return one reply a request, in order; calls run side by side, at most `concurrency`."""
        require_reach(self._options.base_url)
        return _run(self._ask(requests))

    async def _ask(self, requests: Sequence[Request]) -> list[Reply]:
        gate = asyncio.Semaphore(max(1, self._options.concurrency))

        trying = asyncio.Lock()

        async def one(request: Request) -> Reply:
            async with gate:
                return await self._fit_reply(request, trying)

        return list(await asyncio.gather(*(one(r) for r in requests)))

    async def _fit_reply(self, request: Request, trying: asyncio.Lock) -> Reply:
        """Ask, where the task has a trial only once the model has passed it."""
        task, tried = request.prompt.task, Usage()
        trial = trial_of(task) if task in TASKS else None
        if trial is not None:
            async with trying:
                if task not in self._server.fit:
                    reply = await self._reply(trial.request)
                    if reply.failure is not None and reply.failure != "invalid":
                        return reply
                    self._server.fit[task] = trial.is_passed(reply.answer)
                    tried = reply.usage
            if not self._server.fit[task]:
                return Reply(None, "unfit", tried)
        reply = await self._reply(request)
        return replace(reply, usage=reply.usage + tried)

    async def _reply(self, request: Request) -> Reply:
        cache, key = self._server.cache, key_of(self._options, request)
        kept = cache.get(key) if cache else None
        if kept is not None and (answer := validated(request, kept)) is not None:
            return Reply(answer, None, Usage(cached=1))
        if not self._limits.reserve(request):
            return Reply(None, "budget")
        outcome = await self._within_deadline(request)
        cost = self._options.cost(outcome.usage.input_tokens, outcome.usage.output_tokens)
        usage = replace(outcome.usage, cost=cost)
        self._limits.settle(request, usage)
        if outcome.answer is not None and cache is not None:
            cache.put(key, outcome.answer.model_dump_json())
        return Reply(outcome.answer, outcome.failure, usage)

    async def _within_deadline(self, request: Request) -> _Outcome:
        left = self._limits.seconds_left()
        if left <= 0:
            return _Outcome(None, "deadline", Usage())
        try:
            async with asyncio.timeout(left):
                return await self._any_method(request)
        except TimeoutError:
            return _Outcome(None, "deadline", Usage(calls=1, input_tokens=request.size))

    async def _any_method(self, request: Request) -> _Outcome:
        """Try each way to structured output until one answers; a proven way is the only one."""
        spent = Usage()
        outcome = _Outcome(None, "invalid", spent)
        for method in self._server.methods():
            outcome = await self._call(request, method)
            spent += outcome.usage
            if outcome.answer is not None:
                self._server.prove(method, self._options)
            if outcome.failure != "invalid" and not outcome.unsupported:
                break
        return replace(outcome, usage=spent)

    async def _call(self, request: Request, method: Method) -> _Outcome:
        from tenacity import (  # noqa: PLC0415 (only where a model is used)
            AsyncRetrying,
            RetryCallState,
            retry_if_exception,
            wait_random_exponential,
        )

        back_off = wait_random_exponential(multiplier=0.5, max=20)

        def wait(state: RetryCallState) -> float:
            error = state.outcome.exception() if state.outcome else None
            if error is not None and is_loading(error):
                return LOADING_STEP
            asked = wait_of(error) if error else None
            return back_off(state) if asked is None else asked

        def stop(state: RetryCallState) -> bool:
            error = state.outcome.exception() if state.outcome else None
            if error is not None and is_loading(error):
                return (state.seconds_since_start or 0) > LOADING
            return state.attempt_number > max(0, self._options.retries)

        tries = 0
        try:
            async for attempt in AsyncRetrying(
                stop=stop,
                wait=wait,
                retry=retry_if_exception(is_transient),
                reraise=True,
            ):
                with attempt:
                    tries += 1
                    message = await self._send(request, method)
        except Exception as error:  # noqa: BLE001 (any provider's own; none may spoil the report)
            usage = Usage(calls=1, retries=tries - 1, input_tokens=request.size)
            return _Outcome(None, failure_of(error), usage, is_unsupported(error))
        self._server.name_itself(message, self._options)
        return _outcome(request, message, method, tries - 1)

    async def _send(self, request: Request, method: Method) -> AIMessage:
        schema = {"title": request.prompt.task, **wire_schema(request.answer)}
        schema.setdefault("description", request.prompt.task)
        strict = {"strict": True} if method != "json_mode" else {}
        runnable = self._server.model.with_structured_output(
            schema, method=method, include_raw=True, **strict
        )
        messages = [("system", request.system), ("human", request.user)]
        with _untraced():
            async with asyncio.timeout(self._options.timeout):
                answered: Any = await runnable.ainvoke(messages, config={"callbacks": []})
        raw: AIMessage = answered["raw"]
        return raw


def _outcome(request: Request, message: AIMessage, method: Method, retries: int) -> _Outcome:
    content = message.content if isinstance(message.content, str) else ""
    metered = message.usage_metadata
    usage = Usage(
        calls=1,
        retries=retries,
        input_tokens=metered["input_tokens"] if metered else request.size,
        output_tokens=metered["output_tokens"] if metered else len(content) * 3 // 4,
    )
    if message.additional_kwargs.get("refusal"):
        return _Outcome(None, "refused", usage)
    finish = message.response_metadata.get("finish_reason")
    if finish in ("length", "content_filter"):
        return _Outcome(None, "cut_off" if finish == "length" else "refused", usage)
    if method == "function_calling":
        said = message.tool_calls[0]["args"] if message.tool_calls else None
        answer = _valid_object(request, said)
    else:
        answer = validated(request, content)
    return _Outcome(answer, None if answer is not None else "invalid", usage)


def validated(request: Request, text: str) -> BaseModel | None:
    """Return an answer of the right shape, or None; thoughts before it and a code fence are forgiven."""
    if len(text) > LARGEST:
        return None
    text = _THOUGHT.sub("", text, count=1)
    fence = _FENCE.match(text)
    try:
        return request.answer.model_validate_json(fence[1] if fence else text)
    except ValidationError:
        return None


def _valid_object(request: Request, said: object) -> BaseModel | None:
    try:
        return request.answer.model_validate(said)
    except ValidationError:
        return None


def _chat_model(options: ModelOptions) -> BaseChatModel:
    try:
        from langchain.chat_models import init_chat_model  # noqa: PLC0415 (only with a model)
    except ImportError as error:
        raise InputError(NEEDS_EXTRA) from error
    provider, colon, _ = options.model.partition(":")
    bare = not colon or (options.base_url is not None and not _is_provider(provider))
    ours = bare or provider == "openai"
    extra: dict[str, Any] = {"base_url": options.base_url} if options.base_url else {}
    if ours:
        extra |= {"use_responses_api": False, **_key(options)}
    try:
        model: BaseChatModel = init_chat_model(
            options.model,
            model_provider="openai" if bare else None,
            temperature=0,
            max_tokens=MOST_OUTPUT,
            timeout=options.timeout,
            max_retries=0,
            **extra,
        )
    except ImportError as error:
        raise InputError(
            N_("这个模型需要另装 langchain 的 {provider} 支持包。"), provider=provider
        ) from error
    except ValueError as error:
        raise InputError(
            N_("--model {model}：写作“提供方:模型名”，如 openai:模型名。"), model=options.model
        ) from error
    return model


def _is_provider(name: str) -> bool:
    return name in {
        "openai", "azure_openai", "anthropic", "ollama", "deepseek", "google_genai", "groq",
        "mistralai", "together", "fireworks", "huggingface", "xai", "perplexity", "openrouter",
    }  # fmt: skip


def _key(options: ModelOptions) -> dict[str, str]:
    """Return the key for an OpenAI-compatible server; one of one's own may need none."""
    key = os.environ.get(KEY) or os.environ.get("OPENAI_API_KEY")
    if key:
        return {"api_key": key}
    if options.base_url:
        return {"api_key": "none"}
    raise InputError(N_("没有密钥：请设环境变量 {variable} 或 OPENAI_API_KEY。"), variable=KEY)


def _untraced() -> Any:  # noqa: ANN401 (a context manager of langsmith's)
    """Keep texts on this machine whatever tracing the environment asks langchain for."""
    from langsmith import tracing_context  # noqa: PLC0415 (comes with langchain)

    return tracing_context(enabled=False)


# --- one event loop --------------------------------------------------------------------------


@cache
def _loop() -> asyncio.AbstractEventLoop:
    """Return the loop all calls run in: clients keep connections that belong to one loop."""
    loop = asyncio.new_event_loop()
    threading.Thread(target=loop.run_forever, name="gouji-llm", daemon=True).start()
    return loop


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run calls to their end from any thread; an interrupt cancels what is under way."""
    future = asyncio.run_coroutine_threadsafe(work, _loop())
    try:
        return future.result()
    except BaseException:  # an interrupt, or a signal turned into an exit
        future.cancel()
        raise
