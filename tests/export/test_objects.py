"""Objects before they are put: their names, headers and ETags, and what is refused."""

import subprocess
import sys
from hashlib import md5
from io import BytesIO

import pytest
from click.testing import CliRunner

from feeds.cli import main
from feeds.errors import ExportError
from feeds.export import objects
from feeds.export.bucket import bucket
from feeds.export.failures import refusal
from feeds.export.hosts.kinds import kind_of


def test_every_document_and_picture_is_of_a_kind(sample):
    paths = (*sample.edition.paths, *sample.media)
    assert [path for path in paths if kind_of(path) is None] == []


def test_documents_are_of_their_own_media_types(sample):
    told = {p: objects.headers(p)["Content-Type"] for p in sample.edition.paths}
    assert told == {p: sample.document(p).media_type for p in sample.edition.paths}


def test_what_is_for_a_host_is_plain_text():
    assert objects.headers("_headers")["Content-Type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("size", [0, 1, objects.PART])
def test_the_etag_of_one_part_is_its_md5(size):
    body = b"x" * size
    assert objects.etag(BytesIO(body)) == md5(body).hexdigest()


def test_the_etag_of_several_parts_counts_them():
    assert objects.etag(BytesIO(bytes(objects.PART + 1))).endswith("-2")


@pytest.mark.parametrize(
    "path", ["a/b.html", "a b", "%2e%2e", "ü?#&+", ".a", "x" * 999]
)
def test_such_a_name_is_a_key(path):
    assert objects.is_key(path)


@pytest.mark.parametrize("path", ["", "a//b", "../a", "a/.", "a\nb", "a\0", "ü" * 600])
def test_such_a_name_is_no_key(path):
    assert not objects.is_key(path)


@pytest.mark.parametrize(
    "address",
    ["s3://", "s3://KEY:SECRET@site/blog", "s3://site/a//b", "s3://site/../x"],
)
def test_another_address_is_refused_and_not_repeated(address):
    with pytest.raises(ExportError) as caught:
        bucket(address)
    assert str(caught.value) == (
        "not an address of a bucket (write s3://bucket/prefix)"
    )


def test_without_the_extra_it_is_said_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "obstore.store", None)
    with pytest.raises(ExportError) as caught:
        bucket("s3://site/blog")
    assert str(caught.value) == (
        "s3://site/blog: obstore is not installed (pip install 'folderfeed[s3]')"
    )


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("PUT http://169.254.169.254/ status code: 403", "no access key (see AWS_ACC"),
        ("DeleteObjects failed (code: AccessDenied)", "access denied (the key must"),
        ("status code: 401 Unauthorized: ", "access denied (see AWS_ACCESS_KEY_ID"),
        ("Encountered object with invalid path: Path", "an object whose name cannot"),
        ("who knows, hunter2", "the bucket says Exception (export again"),
    ],
)
def test_what_a_bucket_says_is_one_sentence_of_our_own(said, told):
    error = refusal("s3://site", Exception(said))
    assert str(error).startswith(f"s3://site: {told}")
    assert "hunter2" not in str(error)


def test_compressed_objects_are_refused_as_s3_cannot_choose():
    result = CliRunner().invoke(main, ["export", "-o", "s3://site", "--compress"])
    assert result.exit_code == 2
    assert "Leave --compress out: S3 sends each object as it is" in result.stderr


@pytest.mark.e2e
def test_an_export_to_a_folder_loads_nothing_of_this(tmp_path):
    (tmp_path / "a.md").write_text("a")
    code = (
        "import sys; from feeds.cli import main\n"
        "try: main(['export', '.', '-o', 'out'])\n"
        "finally: print({*sys.modules} & {'obstore', 'feeds.export.bucket'})\n"
    )
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.stdout.splitlines()[-1] == "set()"
