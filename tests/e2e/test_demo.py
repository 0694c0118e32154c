"""What `make run` has sown is a believable province, before anybody touches it (this file is the first of its product)."""

import pytest

from tests.e2e.test_due import ask

pytestmark = pytest.mark.e2e


def test_an_empty_database_becomes_a_province(product):
    ask(product, "from tests.reports.believable import believe; believe(); print('null')")
