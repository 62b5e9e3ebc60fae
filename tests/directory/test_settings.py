import pytest

from directory.settings import SettingsError, derived_key, settings


def test_without_any_setting_everything_is_local(monkeypatch, tmp_path):
    monkeypatch.delenv("SIGNPOST_VAR")
    monkeypatch.chdir(tmp_path)
    found = settings()
    assert (found.var, found.council, found.host, found.port) == (tmp_path / "var", "westmere", "127.0.0.1", 8000)
    assert found.database_url == f"sqlite:///{tmp_path}/var/signpost.db"
    assert (found.rasa_port, found.actions_port, found.directory_port) == (5005, 5055, 5056)


@pytest.mark.parametrize("port", ["http", "0", "65536", "-1", "8000.5", "²"])
def test_a_port_that_is_none_is_refused_by_name(monkeypatch, port):
    monkeypatch.setenv("SIGNPOST_PORT", port)
    with pytest.raises(SettingsError, match="SIGNPOST_PORT.*Set SIGNPOST_PORT=8000"):
        settings()


@pytest.mark.parametrize("secret", ["", "too short"])
def test_a_missing_or_short_secret_says_how_to_make_one(monkeypatch, secret):
    monkeypatch.setenv("SIGNPOST_SECRET", secret)
    with pytest.raises(SettingsError, match="secrets.token_hex"):
        derived_key("tokens")


def test_each_use_of_the_secret_has_a_key_of_its_own():
    assert len(derived_key("tokens")) == 32
    assert derived_key("tokens") == derived_key("tokens") != derived_key("requests")


def test_the_secret_and_the_database_password_are_never_printed(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://signpost:hunter2@db/signpost")
    assert "hunter2" not in repr(settings()) and "only the tests" not in repr(settings())
