"""A draft with two addressees and two demands, for tests of papers."""

import pytest

from directives import services
from tests.directives.acts import BODY, demand


@pytest.fixture
def parts(cast):
    lines = BODY.split("\n")
    return {
        "addressees": [
            {"text": "Các doanh nghiệp viễn thông", "groups": [cast.group], "units": []},
            {"text": "Bưu điện tỉnh Hải Giang", "groups": [], "units": [cast.postal]},
        ],
        "copies": [{"text": "Như trên", "unit": None}, {"text": "UBND tỉnh (b/c)", "unit": cast.province}],
        "requirements": [
            demand("1", lines[2][3:], cast.group),
            demand("2", lines[3][3:], cast.postal, must_report=True),
        ],
    }


@pytest.fixture
def draft(cast, now, parts):
    return services.create_dispatch(
        actor=cast.specialist,
        now=now,
        kind="công văn",
        subject="bảo đảm thông tin liên lạc",
        body=BODY,
        division=cast.division,
        **parts,
    )
