"""The API's own description, OpenAPI (接口描述): every error is a problem, whoever found it."""

from __future__ import annotations

import re
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute

from gouji.web.problems import PROBLEM_JSON

EVERYWHERE = {
    "400": "The request is malformed.",
    "401": "The server has a token and the request shows none, or a wrong one.",
    "403": "The request comes from another web site, or a browser's script shows no form token.",
    "413": "The request is too large.",
    "421": "The Host header names no host of this server.",
    "422": "The request has wrong fields, or a document that cannot be checked.",
    "429": "Too much at once: Retry-After tells when to ask again.",
}
"""What any route may answer."""
_PROBLEM = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
_NOT_OURS = ("HTTPValidationError", "ValidationError")


class DescribedApp(FastAPI):
    """An application whose OpenAPI says what it does (应用)."""

    def openapi(self) -> dict[str, Any]:
        """Return the description, made once."""
        if self.openapi_schema is None:
            self.openapi_schema = _corrected(super().openapi())
        return self.openapi_schema

    def methods_at(self, path: str) -> set[str]:
        """Return the methods an address of the API takes (可用方法)."""
        return {
            method.upper()
            for template, methods in self.openapi()["paths"].items()
            if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), path)
            for method in methods
        }


def operation_id(route: APIRoute) -> str:
    """Return a route's name as its operation id: `hand_in`, `report`."""
    return route.name


def _corrected(schema: dict[str, Any]) -> dict[str, Any]:
    components = schema["components"]
    for name in _NOT_OURS:
        components["schemas"].pop(name, None)
    components["securitySchemes"] = {
        "token": {
            "type": "http",
            "scheme": "bearer",
            "description": "GOUJI_TOKEN of the server; a server for one machine needs none.",
        }
    }
    for methods in schema["paths"].values():
        for operation in methods.values():
            operation["security"] = [{}, {"token": []}]
            answers = operation["responses"]
            for status, description in EVERYWHERE.items():
                answers[status] = {"description": description}
            for status, answer in answers.items():
                if int(status) >= 400:  # noqa: PLR2004 (errors begin there)
                    answer["content"] = _PROBLEM
    return schema
