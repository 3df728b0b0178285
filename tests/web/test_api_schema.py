"""The API keeps what its OpenAPI promises, whatever it is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gouji.web.api.schema import DescribedApp
from gouji.web.app import create_app
from gouji.web.options import ServeOptions
from tests.web.conftest import Visitor

EXAMPLES = 8
"""Requests a route gets: with 18 routes the suite stays under a minute."""
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


@pytest.fixture(scope="module")
def described(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    app = create_app(ServeOptions(tmp_path_factory.mktemp("described")))
    assert isinstance(app, DescribedApp)
    return app.openapi()


def _operations(schema: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for path, methods in schema["paths"].items():
        for method in methods:
            yield path, method


def test_no_request_makes_the_server_fail_and_every_answer_is_as_described(
    described: dict[str, Any], visitor: Visitor, sample: bytes
) -> None:
    id_ = visitor.hand_in(sample)
    visitor.settled(id_)
    finding = visitor.report(id_)["findings"][0]["fingerprint"]
    schema = schemathesis.openapi.from_dict(described)
    known = {"id": st.just(id_), "fingerprint": st.just(finding)}
    # checking again comes last: while a document waits there is no report to ask for
    operations = sorted(_operations(described), key=lambda found: found[0].endswith("/check"))
    for path, method in operations:
        operation = schema[path][method.upper()]

        @settings(
            max_examples=EXAMPLES,
            deadline=None,
            phases=[Phase.explicit, Phase.generate],
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        )
        @given(
            case=operation.as_strategy(),
            some=st.fixed_dictionaries(known),
            real=st.sampled_from([True, True, True, False]),
        )
        def ask(case: Any, some: dict[str, str], real: bool) -> None:  # noqa: ANN401, FBT001 (hypothesis gives them)
            if real and (case.method != "DELETE" or "fingerprint" in case.path_parameters):
                case.path_parameters |= {k: v for k, v in some.items() if k in case.path_parameters}
            case.call_and_validate(base_url=visitor.server.url, checks=CHECKS)

        ask()


def test_the_description_names_the_problem_of_every_error(described: dict[str, Any]) -> None:
    for path, method in _operations(described):
        for status, answer in described["paths"][path][method]["responses"].items():
            if int(status) >= 400:
                assert list(answer["content"]) == ["application/problem+json"], (path, method)


def test_every_operation_has_a_short_name_of_its_own(described: dict[str, Any]) -> None:
    names = [described["paths"][p][m]["operationId"] for p, m in _operations(described)]
    assert len(set(names)) == len(names)
    assert "hand_in" in names


def test_a_wrong_method_is_told_which_are_right(visitor: Visitor) -> None:
    answer = visitor.program.patch("/api/v1/documents/AAAAAAAAAAAAAAAAAAAAAA")
    assert answer.status_code == 405
    assert answer.headers["allow"] == "DELETE, GET"


def test_the_page_about_the_api_needs_nothing_from_elsewhere(visitor: Visitor) -> None:
    page = visitor.http.get("/about/api")
    assert "/api/v1/documents/{id}/report" in page.text
    for path in ("/docs", "/redoc"):
        assert visitor.http.get(path).status_code == 404
