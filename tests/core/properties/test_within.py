"""Every length reads as it is spelled."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watchkeeper.core.durations import read, spelled

pytestmark = pytest.mark.property


@given(st.timedeltas(timedelta(), timedelta(days=3000)))
def test_every_length_reads_as_it_is_spelled(length: timedelta) -> None:
    assert read(spelled(length)) == length
