"""Which items are selected: by id, so that sorting, filtering and the other view don't change it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Selection:
    """A set of ids, the current one (keyboard) and the anchor of a range. No Qt."""

    def __init__(self) -> None:
        self.ids: set[int] = set()
        self.current: int | None = None
        self._anchor: int | None = None

    def only(self, item_id: int) -> None:
        """Select one item and nothing else."""
        self.ids = {item_id}
        self.current = self._anchor = item_id

    def toggle(self, item_id: int) -> None:
        """Select or let go of one item, keep the others."""
        self.ids ^= {item_id}
        self.current = self._anchor = item_id

    def move_to(self, item_id: int) -> None:
        """Make an item current without selecting it."""
        self.current = item_id

    def extend_to(self, item_id: int, order: Sequence[int], *, keep: bool = False) -> None:
        """Select from the anchor to ``item_id`` as they are shown now; ``keep`` keeps what was selected."""
        anchor = self._anchor if self._anchor in order else item_id
        first, last = sorted((order.index(anchor), order.index(item_id)))
        reached = set(order[first : last + 1])
        self.ids = self.ids | reached if keep else reached
        self.current, self._anchor = item_id, anchor

    def take(self, item_ids: Iterable[int]) -> None:
        """Select exactly these."""
        self.ids = set(item_ids)
        if self.current not in self.ids:
            self.current = self._anchor = None

    def clear(self) -> None:
        """Select nothing; the current item stays, so the keyboard keeps its place."""
        self.ids = set()

    def drop(self, item_ids: Iterable[int]) -> None:
        """Forget items that are gone."""
        gone = set(item_ids)
        self.ids -= gone
        if self.current in gone:
            self.current = None
        if self._anchor in gone:
            self._anchor = None
