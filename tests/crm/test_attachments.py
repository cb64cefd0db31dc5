"""Which files are taken, told by their content; and the names they are shown under."""

from __future__ import annotations

import tracemalloc

import pytest

from crm.attachments import LARGEST, LONGEST_NAME, check_content, check_offer, extension_of, name_for, shown_name
from crm.errors import FileEmpty, FileNotTaken, FileTooLarge
from tests.file_samples import HARMFUL, SAMPLES, zip_bomb


@pytest.mark.parametrize("mime", SAMPLES)
def test_what_people_send_is_known_by_its_content(mime: str) -> None:
    name, data = SAMPLES[mime]
    check_offer(name, len(data))
    kind = check_content(name, data)
    assert (kind.mime, name_for(name, kind)) == (mime, name)


@pytest.mark.parametrize("what", HARMFUL)
def test_what_does_harm_is_refused_whatever_it_is_called(what: str) -> None:
    name, data = HARMFUL[what]
    with pytest.raises(FileNotTaken):
        check_content(name, data)


@pytest.mark.parametrize("name", ["setup.exe", "报价.PDF.EXE", "a.html", "logo.svg", "资料.zip", "x.docm"])
def test_some_are_refused_by_name_before_anything_is_fetched(name: str) -> None:
    with pytest.raises(FileNotTaken):
        check_offer(name, 10)


def test_an_empty_file_and_one_of_25_megabytes_are_refused_with_the_reason() -> None:
    with pytest.raises(FileEmpty):
        check_offer("a.pdf", 0)
    with pytest.raises(FileTooLarge) as caught:
        check_offer("a.pdf", 25 * 2**20)
    assert caught.value.facts == {"name": "a.pdf", "most": 20}
    check_offer("a.pdf", LARGEST)
    check_offer("a.pdf", None)


def test_what_the_offer_hid_is_seen_in_the_content() -> None:
    with pytest.raises(FileEmpty):
        check_content("a.pdf", b"")
    with pytest.raises(FileTooLarge):
        check_content("a.pdf", b"%PDF-" + b"\x00" * LARGEST)


def test_a_zip_bomb_is_not_unpacked() -> None:
    data = zip_bomb()
    tracemalloc.start()
    assert check_content("a.xlsx", data).extensions == ("xlsx",)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(data) < 2**20
    assert peak < 2**20


def test_content_under_another_extension_is_shown_with_its_own() -> None:
    name, data = "合同.pdf", SAMPLES["image/png"][1]
    assert name_for(name, check_content(name, data)) == "合同.pdf.png"
    assert name_for("报价v2.0", check_content("报价v2.0", SAMPLES["application/pdf"][1])) == "报价v2.0.pdf"


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("../../x", "x"),
        ("..\\..\\windows\\x.pdf", "x.pdf"),
        ("/etc/passwd", "passwd"),
        ("..", "file"),
        ("", "file"),
        ("\u202egnp.exe", "gnp.exe"),
        ("a\x00b\n.pdf", "ab.pdf"),
        ('a"; filename="b.pdf', "a_; filename=_b.pdf"),
        ("  合同 \t 终稿.pdf ", "合同 终稿.pdf"),
        ("~$报价.xlsx", "~$报价.xlsx"),
    ],
)
def test_a_name_is_shown_without_what_could_lead_astray(given: str, shown: str) -> None:
    assert shown_name(given, "file") == shown


def test_a_name_is_cut_to_a_bearable_length_and_keeps_its_extension() -> None:
    name = shown_name("长" * 500 + ".docx", "file")
    assert (len(name), extension_of(name)) == (LONGEST_NAME, "docx")
