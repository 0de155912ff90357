"""The ring of keys: what it seals opens in its place alone, and keys can change meanwhile."""

import os
import stat
from base64 import urlsafe_b64decode, urlsafe_b64encode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.sealing import ring as ring_module
from knowledge.sealing.ring import Key, NoKeys, NotOpened, Ring, keep

PLACE = "entries.text|c1|3"
ONE, TWO = Key.new("k1"), Key.new("k2")


@given(st.binary(max_size=5000), st.text(max_size=50))
def test_what_is_sealed_opens_again(value: bytes, place: str) -> None:
    ring = Ring([ONE])
    assert ring.open(ring.seal(value, place), place) == value


def test_the_same_value_never_looks_the_same() -> None:
    ring = Ring([ONE])
    assert ring.seal(b"hello", PLACE) != ring.seal(b"hello", PLACE)


@pytest.mark.parametrize(
    "place", ["entries.text|c1|4", "entries.text|c2|3", "entries.details|c1|3"]
)
def test_in_another_place_it_does_not_open(place: str) -> None:
    ring = Ring([ONE])
    with pytest.raises(NotOpened):
        ring.open(ring.seal(b"hello", PLACE), place)


@pytest.mark.parametrize("kept", ["", "k1", "k1.", "k1.AAAA", "k9.AAAA", "hello", "k1.é", "k1.A"])
def test_what_nobody_sealed_does_not_open(kept: str) -> None:
    with pytest.raises(NotOpened) as refused:
        Ring([ONE]).open(kept, PLACE)
    assert str(refused.value) == "entries.text"


@given(st.integers(min_value=0, max_value=500), st.integers(min_value=1, max_value=255))
def test_one_changed_byte_is_noticed(at: int, change: int) -> None:
    ring = Ring([ONE])
    id_, _, body = ring.seal(b"hello", PLACE).partition(".")
    raw = bytearray(urlsafe_b64decode(body))
    raw[at % len(raw)] ^= change
    changed = f"{id_}.{urlsafe_b64encode(bytes(raw)).decode()}"
    with pytest.raises(NotOpened):
        ring.open(changed, PLACE)


def test_another_key_does_not_open() -> None:
    with pytest.raises(NotOpened):
        Ring([Key("k1", TWO.secret)]).open(Ring([ONE]).seal(b"hello", PLACE), PLACE)


def test_the_first_key_seals_and_all_open() -> None:
    old = Ring([ONE]).seal(b"hello", PLACE)
    ring = Ring([TWO, ONE])
    assert ring.open(old, PLACE) == b"hello"
    assert ring.seal(b"hello", PLACE).startswith("k2.")


def test_hashes_find_by_each_key_and_tell_columns_apart() -> None:
    both, old = Ring([TWO, ONE]), Ring([ONE])
    assert old.hashes("1234", "chats.address")[0] in both.hashes("1234", "chats.address")
    assert old.hashes("1234", "chats.address") != old.hashes("1234", "letters.address")


class TestFile:
    def test_only_its_owner_reads_it(self, tmp_path: Path) -> None:
        keep(tmp_path / "keys", [ONE])
        assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o600

    def test_a_changed_file_is_taken_without_a_restart(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ring_module, "LOOK_EVERY", 0)
        keep(tmp_path / "keys", [ONE])
        ring = Ring.load(tmp_path / "keys")
        keep(tmp_path / "keys", [TWO, ONE])
        assert ring.seal(b"hello", PLACE).startswith("k2.")

    def test_an_unknown_key_is_looked_for_at_once(self, tmp_path: Path) -> None:
        keep(tmp_path / "keys", [ONE])
        ring = Ring.load(tmp_path / "keys")
        keep(tmp_path / "keys", [ONE, TWO])
        assert ring.open(Ring([TWO]).seal(b"hello", PLACE), PLACE) == b"hello"

    def test_a_broken_file_changes_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(ring_module, "LOOK_EVERY", 0)
        keep(tmp_path / "keys", [ONE])
        ring = Ring.load(tmp_path / "keys")
        (tmp_path / "keys").write_text("nonsense")
        assert ring.seal(b"hello", PLACE).startswith("k1.")
        os.remove(tmp_path / "keys")
        assert ring.seal(b"hello", PLACE).startswith("k1.")

    @pytest.mark.parametrize(
        "text", ["", "# nothing", "k1 short", f"k1 {'a' * 43}\nk1 {'b' * 43}"]
    )
    def test_what_is_no_key_is_refused(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "keys").write_text(text)
        with pytest.raises(NoKeys):
            Ring.load(tmp_path / "keys")

    def test_no_error_and_no_repr_holds_a_key(self, tmp_path: Path) -> None:
        (tmp_path / "keys").write_text(f"k1 {ONE.secret}{ONE.secret}")
        with pytest.raises(NoKeys) as refused:
            Ring.load(tmp_path / "keys")
        assert ONE.secret not in str(refused.value) + repr(ONE) + repr(Ring([ONE]))


def test_keys_of_a_setting_win_over_the_file(tmp_path: Path) -> None:
    ring = Ring.chosen(f"k2:{TWO.secret},k1:{ONE.secret}", tmp_path / "not there")
    assert [key.id for key in ring.keys] == ["k2", "k1"]
