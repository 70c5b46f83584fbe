"""Lists of those who are vouched for as signers: data with dates, fetched or picked by the user, never shipped."""

from desktop_app.evidence.trust.adding import fetch_official, list_from_bytes, list_from_files
from desktop_app.evidence.trust.bundle import MAX_BYTES
from desktop_app.evidence.trust.lists import ListKind, TrustList, TrustLists
from desktop_app.evidence.trust.store import forget_list, load_lists, save_list

__all__ = [
    "MAX_BYTES",
    "ListKind",
    "TrustList",
    "TrustLists",
    "fetch_official",
    "forget_list",
    "list_from_bytes",
    "list_from_files",
    "load_lists",
    "save_list",
]
