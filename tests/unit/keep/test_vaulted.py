"""The tests of the store, once more, in homes that are encrypted from their start."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
PLAIN = {
    "they look for octets in the file that are plain only there, before they are forgotten": (
        "test_cases.py::test_one_case_goes_with_its_letters_and_the_chain_holds",
        "test_forget.py::test_no_byte_of_it_is_left_in_any_file",
        "test_forget.py::test_no_salt_is_left_in_any_file",
        "test_forget.py::test_nothing_is_left_of_rows_that_moved_between_pages",
        "test_forget.py::test_no_byte_of_an_account_is_left",
        "test_forget.py::test_a_reader_that_holds_the_old_state_is_told_and_made_up_for",
        "test_forget.py::test_a_crash_before_the_wiping_is_made_up_for",
        "test_posts_forget.py::test_no_word_of_an_account_is_left_in_any_file",
        "test_responses.py::test_forgetting_leaves_no_address_in_the_file",
        "test_wiping.py::test_a_large_file_is_wiped_when_it_is_asked_for",
    ),
    "they name a file of evidence by its digest": (
        "test_evidence.py::test_the_file_is_named_by_its_digest_and_private",
        "test_evidence.py::test_keeping_once_more_heals_a_damaged_file",
        "test_evidence.py::test_a_changed_file_is_not_read_as_evidence",
        "test_evidence.py::test_a_lost_file_is_told",
        "test_evidence.py::test_sweeping_leaves_what_is_listed",
        "test_store.py::test_faults_name_each_thing_that_is_wrong",
    ),
    "they count the files of a home, in which vault.json is one more": (
        "test_opened.py::test_reading_leaves_no_files_behind",
        "test_private.py::test_all_that_is_made_is_private",
        "test_store.py::test_a_store_is_not_there_until_it_is_opened",
    ),
    "they open the file in another process by the standard library": (
        "test_locks_held.py::test_where_nobody_has_it_open_another_process_is_the_last",
        "test_locks_held.py::test_an_open_store_is_known_to_others",
        "test_locks_held.py::test_also_after_it_was_read_meanwhile",
        "test_locks_held.py::test_also_after_it_was_opened_a_second_time",
        "test_locks_held.py::test_also_after_a_look_at_its_first_octets",
        "test_locks_held.py::test_also_after_all_its_files_were_searched",
    ),
    "they start processes without the variable that names the key, or as another user": (
        "test_opened.py::test_reading_loads_no_sqlite_utils_and_writing_does",
        "test_opened.py::test_two_processes_append_to_one_chain",
        "test_opened.py::test_two_processes_that_make_the_store_at_once_make_one",
        "test_opened.py::test_a_process_killed_while_writing_loses_only_what_was_not_done",
        "test_trouble.py::test_a_read_only_folder_can_be_read_and_not_written",
    ),
}
"""Tests that are of a plain home, each group with the reason."""
OURS = (
    *("test_vault.py", "test_vault_refused.py", "test_vault_killed.py", "test_vaulted.py"),
    *("test_vault_key.py", "test_key_place.py"),
)


@pytest.mark.long
def test_the_store_is_the_same_when_it_is_encrypted() -> None:
    below = HERE.relative_to(ROOT)  # as pytest names tests
    left_out = [f"--deselect={below / one}" for group in PLAIN.values() for one in group]
    ignored = [f"--ignore={HERE / one}" for one in OURS]
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"),
            *("-p", "tests.unit.keep.vaulted", "-m", "not long and not system"),
            *("-o", "addopts=", str(HERE), *left_out, *ignored),
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        timeout=1200,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed
    assert int(passed[1]) > 400
