"""Files that lie, swell or carry something: refused with a reason, the others made safe."""

import hashlib
import struct
import tracemalloc
import zipfile
import zlib
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from gabare.foundation.files import (
    ALLOWED,
    MAX_BYTES,
    FileRefused,
    check_upload,
    clean_name,
)

PDF = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
EXE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + b"\0" * 200
ELF = b"\x7fELF\x02\x01\x01\x00" + b"\0" * 60
HTML = b"<!DOCTYPE html><html><script>alert(1)</script></html>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
OOXML = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml", "pptx": "ppt/presentation.xml"}
ODF = ("odt", "ods", "odp")


def check(name, content, **options):
    return check_upload(SimpleUploadedFile(name, content, content_type="image/png"), **options)


def reason(name, content, **options):
    with pytest.raises(FileRefused) as refused:
        check(name, content, **options)
    assert refused.value.message.endswith(".")
    assert "%(" not in refused.value.message
    return refused.value.message


def archive(entries, compression=zipfile.ZIP_DEFLATED):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as out:
        for name, content in entries.items():
            out.writestr(name, content)
    return packed.getvalue()


def office(extension="docx", **more):
    """The least document of a kind, with more entries."""
    if extension in OOXML:
        entries = {"[Content_Types].xml": "<Types/>", OOXML[extension]: "<x/>"}
    else:
        entries = {"mimetype": ALLOWED[extension].media_type, "content.xml": "<x/>"}
    return archive({**entries, **more})


def picture(encoding="JPEG", size=(40, 20), mode="RGB", **options):
    drawn = BytesIO()
    Image.new(mode, size).save(drawn, encoding, **options)
    return drawn.getvalue()


def test_a_pdf_is_taken_as_it_is():
    checked = check("Programme été.PDF", PDF)
    assert checked.content == PDF
    assert checked.name == "Programme été.PDF"
    assert checked.media_type == "application/pdf"
    assert checked.size == len(PDF)
    assert checked.sha256 == hashlib.sha256(PDF).hexdigest()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("notes.txt", b"Des mots, tout simplement.\n"),
        ("notes.txt", b"import os\nprint(os.name)\n" * 5),  # prose, for all we know
        ("liste.csv", b"nom;age\nx;3\ny;4\n"),
        ("latin.txt", "Déjà vu, café, naïveté".encode("latin-1")),
    ],
)
def test_plain_text_is_taken(name, content):
    assert check(name, content).content == content


@pytest.mark.parametrize("extension", [*OOXML, *ODF])
def test_office_documents_are_taken(extension):
    content = office(extension)
    checked = check(f"dossier.{extension}", content)
    assert checked.media_type == ALLOWED[extension].media_type
    assert checked.content == content


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("page.html", HTML, "page"),
        ("dessin.svg", SVG, "SVG"),
        ("outil.exe", EXE, "Formats acceptés"),
        ("plan.pdf.exe", EXE, "Formats acceptés"),
        ("tout.zip", archive({"a.txt": "x"}), "un par un"),
        ("ancien.doc", b"\xd0\xcf\x11\xe0", "PDF"),
        ("macros.docm", office(), "macros"),
        ("photo.heic", b"x", "JPEG"),
        ("sans-extension", PDF, "Formats acceptés"),
        ("", PDF, "Formats acceptés"),
    ],
)
def test_a_type_that_is_not_allowed_is_refused_with_what_to_do(name, content, said):
    assert said in reason(name or "x", content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("plan.pdf", HTML),
        ("plan.pdf", EXE),
        ("plan.pdf", picture()),
        ("photo.png", picture("JPEG")),
        ("photo.jpg", SVG),
        ("photo.jpg", PDF),
        ("notes.txt", HTML),
        ("notes.txt", ELF),
        ("notes.csv", b"a,b\n\0\0\0"),
        ("texte.docx", PDF),
        ("texte.docx", EXE),
    ],
)
def test_a_file_that_lies_about_its_type_is_refused(name, content):
    assert "est d’un autre type" in reason(name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("texte.docx", archive({"a.txt": "x"})),
        ("texte.docx", office("xlsx")),
        ("texte.odt", office("ods")),
        ("tableau.xlsx", office("odt")),
    ],
)
def test_an_archive_that_is_another_document_is_refused(name, content):
    said = reason(name, content)
    assert "n’est pas celui d’un document" in said or "est d’un autre type" in said


def test_an_empty_file_and_one_too_heavy():
    assert "est vide" in reason("plan.pdf", b"")
    assert "20 Mo" in reason("plan.pdf", PDF + b"x" * MAX_BYTES)


def test_a_question_may_take_fewer_formats():
    assert "PNG" in reason("plan.pdf", PDF, allowed=["png"])


# archives


def test_a_bomb_is_refused_by_its_ratio():
    assert "gonfle" in reason("bombe.docx", office(**{"word/x.xml": b"\0" * 60_000_000}))


def test_a_bomb_is_refused_by_its_total():
    spread = {f"word/{n}.bin": bytes([n]) * 2_000_000 for n in range(60)}
    assert "gonfle" in reason("bombe.docx", office(**spread))


def test_a_bomb_is_refused_by_its_number_of_entries():
    assert "gonfle" in reason("bombe.docx", office(**{f"word/{n}": "" for n in range(5001)}))


def test_a_size_that_lies_is_found_out():
    """The header says 10 bytes, the stream holds 50 million: the checksum gives it away."""
    content = bytearray(office(**{"word/big.xml": b"A" * 50_000_000}))
    real, small = (50_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little")
    lying = bytes(content).replace(real, small)
    assert lying != bytes(content)
    tracemalloc.start()
    try:
        assert "est abîmé" in reason("bombe.docx", lying)
        assert tracemalloc.get_traced_memory()[1] < 2_000_000  # it was never inflated
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_compression_that_office_programs_do_not_write_is_refused(method):
    entries = {"[Content_Types].xml": "<Types/>", OOXML["docx"]: "<x/>"}
    assert "est abîmé" in reason("a.docx", archive(entries, method))


@pytest.mark.parametrize(
    "entry",
    ["word/vbaProject.bin", "word/activeX/activeX1.xml", "word/run.js", "word/media/tool.exe"],
)
def test_macros_and_programs_are_refused(entry):
    assert "macros ou un programme" in reason("texte.docx", office(**{entry: "x"}))


def test_a_program_under_another_name_is_refused():
    assert "macros ou un programme" in reason("a.docx", office(**{"word/media/i.png": EXE}))


def test_a_macro_type_under_a_plain_name_is_refused():
    types = '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'
    assert "macros" in reason("a.docx", office(**{"[Content_Types].xml": types}))


@pytest.mark.parametrize("entry", ["Basic/Standard/Module1.xml", "Scripts/python/x.py"])
def test_macros_of_open_documents_are_refused(entry):
    assert "macros" in reason("a.odt", office("odt", **{entry: "x"}))


def test_a_chart_carries_its_spreadsheet():
    """One level of embedded document is looked into like the outer one."""
    embedded = {"ppt/embeddings/chart.xlsx": office("xlsx")}
    assert check("diapos.pptx", office("pptx", **embedded)).size
    for inner in (
        office("xlsx", **{"xl/vbaProject.bin": "x"}),
        office("xlsx", **{"xl/embeddings/deeper.xlsx": office("xlsx")}),
        archive({"a.txt": "x"}),
    ):
        assert reason("diapos.pptx", office("pptx", **{"ppt/embeddings/chart.xlsx": inner}))


@pytest.mark.parametrize("entry", ["word/more.zip", "word/media/image.png", "word/x.rar"])
def test_an_archive_inside_is_refused(entry):
    inner = archive({"a.txt": "x"})
    assert "en contient d’autres" in reason("a.docx", office(**{entry: inner}))


@pytest.mark.parametrize("entry", ["../../etc/passwd", "/etc/passwd", "word/..\\..\\x"])
def test_a_path_that_climbs_is_refused(entry):
    assert reason("a.docx", office(**{entry: "x"}))


def test_a_password_is_named():
    content = bytearray(office())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(signature)
        while at != -1:
            content[at + offset] |= 1
            at = content.find(signature, at + 4)
    assert "mot de passe" in reason("a.docx", bytes(content))


def test_a_cut_archive_is_damaged():
    assert reason("a.docx", office()[:-30])


@settings(max_examples=150, deadline=None)
@given(place=st.integers(0, 300), byte=st.integers(0, 255), extension=st.sampled_from([*OOXML]))
def test_any_damage_is_refused_or_harmless(place, byte, extension):
    content = bytearray(office(extension))
    content[place % len(content)] = byte
    try:
        assert check(f"a.{extension}", bytes(content)).size == len(content)
    except FileRefused as refused:
        message = refused.message
        assert message


# images


def with_place():
    exif = Image.Exif()
    exif[0x010E] = "Secret description"
    exif[0x0112] = 6  # to be turned
    exif[0x8825] = {1: "N", 2: (47.0, 12.0, 0.0), 3: "W", 4: (1.0, 33.0, 0.0)}
    return exif


@pytest.mark.parametrize(
    ("encoding", "extension"), [("JPEG", "jpg"), ("PNG", "png"), ("WEBP", "webp")]
)
def test_a_picture_loses_its_place_and_stays_upright(encoding, extension):
    content = picture(encoding, exif=with_place())
    assert b"Secret description" in content
    checked = check(f"photo.{extension}", content)
    assert b"Secret description" not in checked.content
    assert b"Exif" not in checked.content
    with Image.open(BytesIO(checked.content)) as image:
        assert not image.getexif()
        assert image.size == (20, 40)  # turned as the camera said
        assert image.format == encoding
    assert checked.sha256 == hashlib.sha256(checked.content).hexdigest()


def test_a_picture_loses_its_comments_and_what_hides_after_its_end():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody")
    content = picture("PNG", pnginfo=notes) + b"PK\x03\x04 hidden archive"
    assert b"Somebody" in content
    cleaned = check("a.png", content).content
    assert b"Somebody" not in cleaned
    assert b"hidden" not in cleaned
    commented = check("a.jpg", picture(comment="Somebody") + HTML).content
    assert b"Somebody" not in commented
    assert b"<script>" not in commented


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "LA", "1", "I;16"])
def test_pictures_of_every_mode(mode):
    checked = check("a.png", picture("PNG", mode=mode))
    with Image.open(BytesIO(checked.content)) as image:
        assert image.size == (40, 20)


def test_a_transparent_picture_stays_transparent():
    with Image.open(BytesIO(check("a.png", picture("PNG", mode="RGBA")).content)) as image:
        assert image.getpixel((0, 0)) == (0, 0, 0, 0)


def test_a_cmyk_photograph_is_taken():
    with Image.open(BytesIO(check("a.jpg", picture("JPEG", mode="CMYK")).content)) as image:
        assert image.mode == "RGB"


def png_of(width, height):
    """A tiny file that says it is an enormous picture."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + checksum

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
    return b"\x89PNG\r\n\x1a\n" + body + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(8000, 8000), (30_000, 30_000), (2_000_000, 2_000_000)])
def test_a_bomb_of_pixels_is_refused_before_it_is_drawn(size):
    said = reason("a.png", png_of(*size))
    assert "trop grande" in said or "abîmée" in said


def test_a_damaged_picture_is_refused():
    assert "abîmée" in reason("a.jpg", picture(size=(400, 400))[:300])


@pytest.mark.parametrize(("tag", "kind"), [(0x0111, 2), (0x0111, 11), (0x010E, 11)])
def test_a_picture_whose_labels_make_no_sense_is_refused(tag, kind):
    """Turning it upright rewrites its EXIF, which then fails in several ways."""
    labels = sorted([(0x0112, 3, b"\6\0\0\0"), (tag, kind, b"\0\0\0\0")])
    exif = b"Exif\0\0II*\0\x08\0\0\0" + struct.pack("<H", len(labels))
    exif += b"".join(struct.pack("<HHI4s", name, form, 1, word) for name, form, word in labels)
    assert "abîmée" in reason("a.jpg", picture(exif=exif + b"\0\0\0\0"))


# names


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\moi\\plan.pdf", "plan.pdf"),
        ("plan\u202efdp.exe.pdf", "plan fdp.exe.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ('a"b<c>|d?.pdf', "a b c d .pdf".replace(" .", ".")),
        (".htaccess", "htaccess"),
        ("e\u0301te\u0301.pdf", "été.pdf"),
        ("x" * 300 + ".pdf", "x" * 116 + ".pdf"),
        ("   .pdf", "pdf"),
        ("", "fichier"),
        ("文書.pdf", "文書.pdf"),
    ],
)
def test_names_are_cleaned(name, cleaned):
    assert clean_name(name) == cleaned


@given(st.text(max_size=300))
def test_any_name_becomes_a_harmless_one(name):
    cleaned = clean_name(name)
    assert 0 < len(cleaned) <= 120
    assert clean_name(cleaned) == cleaned
    assert not set(cleaned) & set('/\\<>:"|?*%\r\n\0')
    assert not cleaned.startswith(".")
