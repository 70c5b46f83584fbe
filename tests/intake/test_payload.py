import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.core.errors import LinkAddressError, NothingUsableError
from desktop_app.core.sources import FileSource, LinkSource, RawSource, UnusableSource
from desktop_app.intake.payload import Payload, sources_from_payload


def forbidden(_name: str = "") -> bytes:
    raise AssertionError("the pixels must not be asked for: that blocks the window for seconds")


def test_an_empty_drop_becomes_one_item_that_says_so() -> None:
    (source,) = sources_from_payload(Payload())
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, NothingUsableError)


def test_dropped_words_become_one_item_that_shows_them() -> None:
    (source,) = sources_from_payload(Payload(formats=("text/plain",), text="hello\u202e world"))
    assert isinstance(source, UnusableSource)
    assert source.name == "hello world"


def test_unknown_links_become_unusable_items() -> None:
    (source,) = sources_from_payload(Payload(urls=("ftp://host/cat.jpg",)))
    assert isinstance(source, UnusableSource)


def test_files_come_with_their_paths_decoded() -> None:
    sources = sources_from_payload(Payload(urls=("file:///pictures/a%20b.jpg", "file:///pictures/caf%E9.jpg")))
    assert [source.location for source in sources] == ["/pictures/a b.jpg", "/pictures/caf\udce9.jpg"]


def test_files_on_another_computer_are_said_to_be_out_of_reach() -> None:
    (source,) = sources_from_payload(Payload(urls=("file://server/share/a.jpg",)))
    assert isinstance(source, UnusableSource)


def test_files_and_links_can_come_in_one_drop() -> None:
    sources = sources_from_payload(Payload(urls=("file:///a.jpg", "https://host/b.jpg")))
    assert [type(source) for source in sources] == [FileSource, LinkSource]


def test_a_picture_from_chromium_becomes_its_link_without_reading_pixels() -> None:
    payload = Payload(
        formats=("text/uri-list", "text/html", "application/octet-stream"),
        urls=("https://host/cat.png",),
        html='\ufeff<img src="https://host/cat.png">',
        read=forbidden,
        read_image=forbidden,
    )
    assert sources_from_payload(payload) == [LinkSource("https://host/cat.png")]


def test_a_linked_picture_becomes_the_picture_not_the_page() -> None:
    payload = Payload(
        urls=("https://host/article",),
        html='\ufeff<a href="https://host/article"><img src="https://cdn/cat.webp"></a>',
        read=forbidden,
        read_image=forbidden,
    )
    assert sources_from_payload(payload) == [LinkSource("https://cdn/cat.webp")]


def test_the_displayed_candidate_of_a_source_set_wins_over_the_first() -> None:
    payload = Payload(urls=("https://host/large.jpg",), html='<img src="https://host/small.jpg">')
    assert sources_from_payload(payload) == [LinkSource("https://host/large.jpg")]


def test_a_blob_is_taken_from_its_original_bytes() -> None:
    payload = Payload(
        formats=("text/uri-list", "application/octet-stream", "image/png"),
        urls=("blob:https://host/1",),
        read=lambda name: name.encode(),
    )
    assert sources_from_payload(payload) == [RawSource(b"application/octet-stream", "Pasted picture")]


def test_a_picture_without_an_address_is_taken_from_the_browser_and_marked_re_encoded() -> None:
    payload = Payload(formats=("image/png",), read=lambda _: b"pixels")
    assert sources_from_payload(payload) == [RawSource(b"pixels", "Pasted picture", re_encoded=True)]


def test_a_picture_that_only_the_window_system_can_decode_still_arrives() -> None:
    payload = Payload(formats=("application/x-qt-image",), read_image=lambda: b"png")
    assert sources_from_payload(payload) == [RawSource(b"png", "Pasted picture", re_encoded=True)]


def test_copied_pixels_win_over_their_link_when_the_clipboard_asks_for_it() -> None:
    payload = Payload(
        formats=("image/png", "text/html"),
        html='<img src="https://host/a.png">',
        read=lambda _: b"p",
        prefer_pixels=True,
    )
    assert sources_from_payload(payload) == [RawSource(b"p", "Pasted picture", re_encoded=True)]


def test_copied_files_win_over_everything() -> None:
    payload = Payload(
        formats=("image/png",), urls=("file:///a.jpg",), read=forbidden, read_image=forbidden, prefer_pixels=True
    )
    assert [source.location for source in sources_from_payload(payload)] == ["/a.jpg"]


def test_data_links_are_decoded_here() -> None:
    assert sources_from_payload(Payload(urls=("data:image/png;base64,AAEC",))) == [
        RawSource(b"\x00\x01\x02", "Picture from a data link")
    ]


def test_broken_data_links_say_so() -> None:
    (source,) = sources_from_payload(Payload(urls=("data:image/png;base64,",)))
    assert isinstance(source, UnusableSource)


@pytest.mark.parametrize("text", ["/a.jpg\n/b.jpg", "file:///a.jpg\nfile:///b.jpg", '"/a.jpg"\n\n /b.jpg '])
def test_pasted_paths_become_files(text: str) -> None:
    sources = sources_from_payload(Payload(text=text))
    assert [source.location for source in sources] == ["/a.jpg", "/b.jpg"]


@given(
    urls=st.lists(st.text(max_size=60), max_size=4),
    html=st.text(max_size=200),
    text=st.text(max_size=100),
    pixels=st.binary(max_size=5),
)
def test_any_drop_becomes_at_least_one_item(urls: list[str], html: str, text: str, pixels: bytes) -> None:
    payload = Payload(("image/png",), tuple(urls), html, text, lambda _: pixels, lambda: pixels)
    assert sources_from_payload(payload)


@given(st.sampled_from(["file:", "http://[", "data:", "https://"]), st.text(max_size=40))
def test_malformed_links_never_raise(scheme: str, rest: str) -> None:
    assert sources_from_payload(Payload(urls=(scheme + rest,)))


def test_a_link_with_a_password_is_refused_and_the_password_shown_nowhere() -> None:
    (source,) = sources_from_payload(Payload(urls=("https://me:hush@host/a.jpg",)))
    assert isinstance(source, UnusableSource)
    assert isinstance(source.error, LinkAddressError)
    assert "hush" not in source.name + source.location
