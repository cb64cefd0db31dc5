"""Electronic cards as telephones and mail programs write them, and what bad ones get."""

from __future__ import annotations

import time

import pytest

from crm.arrival_errors import CardUnread
from crm.contact_cards import ContactCard
from crm.errors import CrmError
from nlu.vcards import is_vcard, read_contact, read_vcards
from tests.bad_files import SEVERAL, VCARDS
from tests.memory import Memory

OLD = """BEGIN:VCARD
VERSION:2.1
N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E7=8E=8B;=E5=BB=BA=E5=9B=BD;;;
TEL;WORK:021-58880000
TEL;CELL;PREF:13800001111
EMAIL;INTERNET:wang@example.com
ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=8D=8E=
=E4=BF=A1;=E9=87=87=E8=B4=AD
PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAgGBgcGBQgHBwcJCQgKDBQNDAsLDBkSEw8UHRof
 Hh0aHBwgJC4nICIsIxwcKDcpLDAxNDQ0Hyc5PTgyPC4zNDL/

END:VCARD
"""
NEW = (
    'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Jane Doe\r\nitem1.TEL;VALUE=uri;TYPE="voice,cell":tel:+1-555-555-5555\r\n'
    "ORG:Acme Inc.;Sales\r\nTITLE:CTO\r\nADR:;;1 Main St;Springfield;IL;62701;USA\r\nEND:VCARD\r\n"
)
WANG = ContactCard("王建国", "华信", phones=("13800001111", "021-58880000"), email="wang@example.com")
JANE = ContactCard("Jane Doe", "Acme Inc.", "CTO", ("+1-555-555-5555",), address="1 Main St, Springfield, IL")


def test_an_old_telephone_s_card_is_read_without_its_picture() -> None:
    assert read_vcards(OLD.encode()) == [WANG]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_several_cards_in_one_file_are_read_in_whatever_encoding(encoding: str) -> None:
    assert read_vcards((NEW + OLD).encode(encoding)) == [JANE, WANG]


def test_a_name_in_chinese_is_put_together_surname_first_and_has_no_space_within() -> None:
    assert read_vcards("BEGIN:VCARD\nN:欧阳;清;;;\nTEL:1\nEND:VCARD".encode())[0].name == "欧阳清"
    assert read_vcards("BEGIN:VCARD\nFN:王 建国\nTEL:1\nEND:VCARD".encode())[0].name == "王建国"
    assert read_vcards(b"BEGIN:VCARD\nN:Doe;Jane;;;\nTEL:1\nEND:VCARD")[0].name == "Jane Doe"


def test_a_shared_contact_is_believed_before_the_card_beside_it() -> None:
    found = read_contact("王总", "+86 138 0000 1111", OLD)
    assert (found.name, found.company, found.phones) == ("王总", "华信", ("+86 138 0000 1111", "021-58880000"))
    assert read_contact("王总", "138", "nonsense") == ContactCard("王总", phones=("138",))


def test_marks_that_nobody_sees_are_left_out() -> None:
    assert read_vcards("BEGIN:VCARD\nFN:王\u202e\x00总\nTEL:1\nEND:VCARD".encode())[0].name == "王总"


@pytest.mark.parametrize("what", VCARDS)
def test_what_is_too_much_or_none_at_all_is_refused(what: str) -> None:
    name, content, reason = VCARDS[what]()
    began = time.process_time()
    with Memory() as memory, pytest.raises(CrmError) as refusal:
        read_vcards(content, name)
    assert refusal.value.key == reason
    assert memory.more < 100
    assert time.process_time() - began < 5


@pytest.mark.parametrize("content", ["BEGIN:VCARD\nEND:VCARD", "BEGIN:VCARD\nFN:a\n", "MZ\x90\x00"])
def test_what_holds_nobody_is_refused(content: str) -> None:
    with pytest.raises(CardUnread):
        read_vcards(content.encode())


def test_lines_that_are_no_fields_are_left_out_and_folded_ones_are_whole() -> None:
    lines = (
        *("BEGIN:VCARD", "FN:王建国", f"TEL{SEVERAL}", "=E4=BF=A1", "TIT", " LE:CTO", 'TEL;;X-A="a:b":138'),
        *("ORG;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E5=8D=8E=", "=E4=BF=A1", "END:VCARD"),
    )
    (card,) = read_vcards("\n".join(lines).encode())
    assert (card.name, card.company, card.title, card.phones) == ("王建国", "华信", "CTO", ("138",))


def test_a_card_is_known_by_its_name_or_type() -> None:
    assert is_vcard("王.VCF", "") and is_vcard("", "text/x-vcard")
    assert not is_vcard("王.txt", "text/plain")


@pytest.mark.parametrize(
    ("written", "birthday"),
    [
        ("BDAY:1970-05-10", "1970-05-10"),
        ("BDAY:19700510", "1970-05-10"),
        ("BDAY:1970-05-10T00:00:00Z", "1970-05-10"),
        ("BDAY:--0510", "05-10"),
        ("BDAY:--05-10", "05-10"),
        ("BDAY;X-APPLE-OMIT-YEAR=1604:1604-02-29", "02-29"),
        ("BDAY:1970-13-40", ""),
        ("BDAY:spring", ""),
    ],
)
def test_a_birthday_is_read_however_it_is_written(written: str, birthday: str) -> None:
    (card,) = read_vcards(f"BEGIN:VCARD\nVERSION:3.0\nFN:Jane\n{written}\nEND:VCARD".encode())
    assert card.birthday == birthday
