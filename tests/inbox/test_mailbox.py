import mailbox
from dataclasses import replace
from email.message import EmailMessage

import pytest

from pairing.inbox.queries import list_letters, mask_address


@pytest.fixture
def maildir(app, tmp_path, monkeypatch):
    """Give the app a Maildir and return it."""
    settings = replace(app.config["PAIRING"], mailbox_dir=str(tmp_path / "mail"))
    monkeypatch.setitem(app.config, "PAIRING", settings)
    return mailbox.Maildir(settings.mailbox_dir)


def letter(subject, date="Mon, 23 Nov 2026 09:00:00 +0800"):
    message = EmailMessage()
    message["To"] = "陈建国 <chenjianguo@example.com>"
    message["Subject"] = subject
    message["Date"] = date
    message.set_content("您好!\n<script>alert(1)</script> http://127.0.0.1:8000/visits/mine/7", cte="base64")
    return message.as_bytes()


def test_the_mailbox_shows_what_was_sent_with_masked_addresses(reader, maildir):
    maildir.add(letter("走访提醒:11月24日"))

    page = reader.get("/inbox/mailbox")

    assert page.words(".letter-head strong") == ["走访提醒:11月24日"]
    assert "c***@example.com" in page.text
    assert "chenjianguo" not in page.answer.text
    assert "<script>alert" not in page.answer.text
    assert page.link("/visits/mine/7") == "http://127.0.0.1:8000/visits/mine/7"


def test_the_newest_letter_stands_first(maildir):
    for name in ("1000.first", "2000.second"):
        with open(f"{maildir._path}/new/{name}", "wb") as file:
            file.write(letter(name))

    assert [one.subject for one in list_letters(maildir._path)] == ["2000.second", "1000.first"]


@pytest.mark.parametrize("content", [b"", b"\xff\xfe nonsense", b"Subject: =?utf-8?b?broken\n\n\xff"])
def test_a_broken_letter_breaks_nothing(reader, maildir, content):
    maildir.add(content)

    reader.get("/inbox/mailbox")


def test_an_empty_mailbox_says_when_mails_come(reader, session):
    assert "夜间 21 点至早上 8 点不发" in reader.get("/inbox/mailbox").text


def test_outside_the_demo_there_is_no_mailbox(app, reader, monkeypatch):
    monkeypatch.setitem(app.config, "PAIRING", replace(app.config["PAIRING"], demo=False))

    reader.get("/inbox/mailbox", 404)


@pytest.mark.parametrize(("address", "masked"), [("ab@x.cn", "a***@x.cn"), ("nonsense", "***"), ("", "***")])
def test_addresses_are_masked(address, masked):
    assert mask_address(address) == masked
