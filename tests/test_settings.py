"""Settings: read from the environment, and told in the documentation."""

import os
import re
from pathlib import Path

import pytest

from quoteapi.settings import Settings, SettingsError, read_settings, settings_table

PAGE = Path(__file__).parents[1] / "docs" / "settings.md"


def test_nothing_set_gives_the_defaults() -> None:
    """Other programs' variables and empty ones count for nothing."""
    assert read_settings({"PATH": "/bin", "QUOTEAPI_PIPELINE": "", "QUOTEAPI_PORT": ""}) == Settings()


def test_variables_are_read_as_what_the_field_holds() -> None:
    """Text becomes a number where a number is meant."""
    settings = read_settings(
        {"QUOTEAPI_PORT": "80", "QUOTEAPI_MIN_CONFIDENCE": "0.5", "QUOTEAPI_PIPELINE": "en_other", "QUOTEAPI_LOG_LEVEL": "debug"}
    )
    assert (settings.port, settings.min_confidence, settings.pipeline, settings.log_level) == (80, 0.5, "en_other", "debug")


def test_a_list_is_written_with_commas() -> None:
    """Blanks around them count for nothing; what is no member of it is told with what the list holds."""
    settings = read_settings({"QUOTEAPI_CORS_ORIGINS": "https://a.example, http://b.example:3000", "QUOTEAPI_FORWARDED_ALLOW_IPS": "::1"})
    assert settings.cors_origins == ("https://a.example", "http://b.example:3000")
    assert settings.forwarded_allow_ips == ("::1",)
    for wrong in ("https://a.example/", "a.example", "https://*.example", "https://a.example,"):
        with pytest.raises(SettingsError, match=r"QUOTEAPI_CORS_ORIGINS is .* It holds: Origins whose pages"):
            read_settings({"QUOTEAPI_CORS_ORIGINS": wrong})
    with pytest.raises(SettingsError, match=r"QUOTEAPI_FORWARDED_ALLOW_IPS is 'proxy'.* It holds: Addresses or networks"):
        read_settings({"QUOTEAPI_FORWARDED_ALLOW_IPS": "proxy"})


def test_a_switch_is_true_or_false() -> None:
    """Or 1 or 0."""
    assert read_settings({"QUOTEAPI_LOG_TEXT": "true", "QUOTEAPI_TELEMETRY": "0"}) == Settings(log_text=True)


def test_a_flag_wins_over_a_variable() -> None:
    """A flag that is not given leaves the variable alone."""
    settings = read_settings({"QUOTEAPI_PORT": "80", "QUOTEAPI_WORKERS": "3"}, port=90, workers=None)
    assert (settings.port, settings.workers) == (90, 3)


def test_a_misspelt_variable_is_named_with_the_nearest_setting() -> None:
    """A setting that would silently do nothing is an error."""
    with pytest.raises(SettingsError, match="QUOTEAPI_WORKER is not a setting; did you mean QUOTEAPI_WORKERS"):
        read_settings({"QUOTEAPI_WORKER": "2"})
    with pytest.raises(SettingsError, match=r"QUOTEAPI_XYZZY is not a setting\."):
        read_settings({"QUOTEAPI_XYZZY": "2"})


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("QUOTEAPI_PORT", "65536"),
        ("QUOTEAPI_PORT", "http"),
        ("QUOTEAPI_WORKERS", "0"),
        ("QUOTEAPI_MIN_CONFIDENCE", "1.01"),
        ("QUOTEAPI_MIN_CONFIDENCE", "nan"),
        ("QUOTEAPI_MAX_TEXT_LENGTH", "-1"),
        ("QUOTEAPI_QUEUE_SIZE", "1.5"),
        ("QUOTEAPI_TIME_LIMIT", "0"),
        ("QUOTEAPI_TIME_LIMIT_PER_THOUSAND", "-1"),
        ("QUOTEAPI_STREAMS_PER_CALLER", "0"),
        ("QUOTEAPI_LOG_LEVEL", "loud"),
        ("QUOTEAPI_BODY_TIMEOUT", "0"),
        ("QUOTEAPI_RATE_LIMIT", "0"),
        ("QUOTEAPI_TELEMETRY", "maybe"),
    ],
)
def test_a_value_out_of_range_is_named_with_its_variable(variable: str, value: str) -> None:
    """The message holds both, so that the operator finds the line."""
    with pytest.raises(SettingsError, match=f"{variable} is '{value}'"):
        read_settings({variable: value})


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """A line each."""
    with pytest.raises(SettingsError) as caught:
        read_settings({"QUOTEAPI_PORT": "x", "QUOTEAPI_WORKERS": "x", "QUOTEAPI_HSOT": "x"})
    assert len(str(caught.value).splitlines()) == 3


def test_there_are_as_many_workers_as_cores_and_as_many_places_to_wait() -> None:
    """At least two places, or a single worker would run dry between two callers; what is set counts, none included."""
    cores = Settings().worker_count
    assert 1 <= cores <= (os.cpu_count() or 1)
    assert Settings().waiting_places == max(2, cores)
    assert [Settings(workers=workers).waiting_places for workers in (1, 2, 8)] == [2, 2, 8]
    assert (Settings(workers=8).worker_count, Settings(workers=8, queue_size=0).waiting_places) == (8, 0)


def test_the_longest_wait_covers_all_who_may_wait_and_a_second_try() -> None:
    """A server that stops waits as long."""
    flat = {"workers": 2, "time_limit": 10, "time_limit_per_thousand": 0}
    assert [Settings(queue_size=places, **flat).longest_wait for places in (2, 0, 5)] == [30, 20, 50]
    assert Settings(workers=2, queue_size=2, time_limit=10, time_limit_per_thousand=0.1, max_text_length=50_000).longest_wait == 45


def test_the_time_to_read_grows_with_the_text() -> None:
    """Up to that of the longest one; a page, which is longer than its text, has no more."""
    settings = Settings(time_limit=10, time_limit_per_thousand=2, max_text_length=5_000)
    assert [settings.reading_limit(characters) for characters in (0, 1_000, 5_000, 4_000_000)] == [10, 12, 20, 20]
    assert Settings().reading_limit(Settings().max_text_length) == 330


def test_the_default_body_holds_the_longest_text_in_escapes() -> None:
    """Twelve bytes a character: a pair of surrogates, each as an escape."""
    assert Settings().max_body_size > 12 * Settings().max_text_length


def test_the_documentation_has_the_table_of_settings() -> None:
    """`python -c 'from quoteapi.settings import settings_table; print(settings_table())'` prints it."""
    found = re.search(r"<!-- settings -->\n(.*?)\n<!-- /settings -->", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert found is not None
    assert found[1].strip() == settings_table()
