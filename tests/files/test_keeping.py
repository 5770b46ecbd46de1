"""A kept file lies sealed in the database, under a name of our own."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from pairing import sandbox
from pairing.files.models import StoredFile
from pairing.files.rules.kinds import PHOTOS, FileKind
from pairing.files.rules.refusals import FileRefused
from pairing.files.services import SoundFile, inspect_file, keep_file, keeping, open_file
from tests.files.hostile_pictures import JPEG, with_exif
from tests.support.makers import HOME, MONDAY, NOW, make_staff

UNTIL = MONDAY + timedelta(days=730)


def keep(session, data=JPEG):
    return keep_file(session, inspect_file(data, "../../x.php", PHOTOS), HOME, make_staff(HOME), NOW, UNTIL)


def test_what_is_kept_comes_out_as_it_went_in(session):
    file = SoundFile(FileKind.PDF, b"%PDF-1.7\n\0\xff%%EOF")

    stored = keep_file(session, file, HOME, make_staff(HOME), NOW, UNTIL)

    session.expire_all()
    assert open_file(stored) == file.content
    assert (stored.kind, stored.size, stored.kept_until) == (FileKind.PDF, len(file.content), UNTIL)


def test_the_store_holds_no_picture_that_one_could_read(session):
    stored = keep(session)

    raw = bytes(session.scalar(text("SELECT content FROM stored_file WHERE id = :id"), {"id": stored.id}))
    assert b"JFIF" not in raw
    assert b"/9j/" not in raw


def test_a_file_is_called_by_chance_and_not_by_its_sender(session):
    names = {keep(session).public_id for _ in range(3)}

    assert len(names) == 3
    assert all(len(name) == 32 and int(name, 16) for name in names)


def test_two_lists_of_files_open_none_of_them(session):
    keep(session)
    session.expire_all()

    listed = session.query(StoredFile).all()

    assert "content" not in listed[0].__dict__


@pytest.mark.parametrize(
    "said",
    [
        b"", b"{}", b"[]\n", b"null\n", b'{"kind": "jpeg"}\n<html>', b'{"kind": "pdf"}\n%PDF-',
        b'{"refused": "no"}\n',
        b'{"kind": "jpeg"}', b"\xff\xd8\xff\n\xff\xd9", b'{"kind": "html"}\n\xff\xd8\xff\xff\xd9',
    ],
)  # fmt: skip
def test_a_child_that_was_turned_is_not_believed(monkeypatch, said):
    monkeypatch.setattr(keeping, "ask_child", lambda _module, _data: said)

    with pytest.raises(FileRefused) as caught:
        inspect_file(with_exif(), "x.jpg", PHOTOS)

    assert caught.value.code == "damaged"


@pytest.mark.parametrize("why", list(sandbox.Failure))
def test_whatever_becomes_of_the_child_is_said_in_words(monkeypatch, why):
    def fail(_module, _data):
        raise sandbox.ChildFailed(why)

    monkeypatch.setattr(keeping, "ask_child", fail)

    with pytest.raises(FileRefused, match="请") as caught:
        inspect_file(JPEG, "x.jpg", PHOTOS)

    assert caught.value.code == keeping.FAILED[why]
