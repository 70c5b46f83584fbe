"""All items, and the order in which they are shown.

Measured (``resources/decisions``): Qt's own sorting proxy over a Python model freezes for 41 s at 100,000 rows;
a Python list sorts in 0.2 s.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import islice

from desktop_app.core.items import Item
from desktop_app.ui.listing.groups import Group, group_of
from desktop_app.ui.listing.marks import Mark, marks_of
from desktop_app.ui.listing.order import Arrangement
from desktop_app.ui.listing.ranking import Ranking

# A list this large is settled in slices of so many items, unless so much changed that slices would take too long.
_LARGE = 20_000
_SLICE = 150
_MOST_IN_SLICES = 4_000


class ItemStore:
    """Items by id, the shown ids in order, and how many lie on each heap and have each mark. No Qt."""

    def __init__(self) -> None:
        self._items: dict[int, Item] = {}
        self._ranking = Ranking()
        self._order: list[int] = []
        self._unsettled: set[int] = set()
        self.counts: Counter[Group] = Counter()
        self.marks: Counter[Mark] = Counter()
        self._use(Arrangement())

    def __len__(self) -> int:
        return len(self._items)

    @property
    def arrangement(self) -> Arrangement:
        """How the list is looked at now."""
        return self._arrangement

    @property
    def order(self) -> Sequence[int]:
        """The ids that are shown, in order. Not a copy."""
        return self._order

    @property
    def unsettled(self) -> bool:
        """Whether :meth:`settle` has something to do."""
        return bool(self._unsettled)

    def get(self, item_id: int) -> Item | None:
        """The newest snapshot."""
        return self._items.get(item_id)

    def all_ids(self) -> list[int]:
        """Every id, shown or not."""
        return list(self._items)

    def ids_in(self, group: Group) -> list[int]:
        """The ids on one heap, shown or not."""
        return [item.id for item in self._items.values() if group_of(item) is group]

    def put(self, items: Iterable[Item]) -> None:
        """Take new items or new snapshots; :meth:`settle` moves them to their places."""
        for item in items:
            before = self._items.get(item.id)
            self._items[item.id] = item
            self._count(before, item)
            if before is None or self._is_misplaced(item):
                self._unsettled.add(item.id)

    def remove(self, item_ids: Iterable[int]) -> list[Item]:
        """Take items out at once and return them."""
        gone = [self._items.pop(item_id) for item_id in set(item_ids) & self._items.keys()]
        for item in gone:
            self.counts[group_of(item)] -= 1
            self.marks.subtract(marks_of(item))
            self._unsettled.discard(item.id)
        self._ranking.move([item.id for item in gone], {})
        self._show()
        return sorted(gone, key=lambda item: item.id)

    def arrange(self, arrangement: Arrangement) -> None:
        """Sort and filter everything anew."""
        self._use(arrangement)
        self._unsettled.clear()
        self._ranking.replace_all({item.id: self._key(item) for item in self._items.values() if self._shows(item)})
        self._show()

    def settle(self) -> bool:
        """Move what changed to its place, or a slice of it in a large list; say whether anything moved."""
        moving = self._next_slice()
        if not moving:
            return False
        items = map(self._items.__getitem__, moving)
        self._ranking.move(moving, {item.id: self._key(item) for item in items if self._shows(item)})
        self._show()
        return True

    def _next_slice(self) -> list[int]:
        count = len(self._unsettled)
        sliced = len(self._order) > _LARGE and _SLICE < count <= _MOST_IN_SLICES
        moving = list(islice(self._unsettled, _SLICE if sliced else count))
        self._unsettled.difference_update(moving)
        return moving

    def _show(self) -> None:
        self._order = self._ranking.ids[:: -1 if self._arrangement.descending else 1]

    def _use(self, arrangement: Arrangement) -> None:
        self._arrangement = arrangement
        self._key = arrangement.key_of()
        self._shows = arrangement.shows

    def _is_misplaced(self, item: Item) -> bool:
        """Whether ``item`` is shown though it should not be, the other way round, or at the wrong place."""
        if not self._shows(item):
            return item.id in self._ranking
        return bool(self._ranking.key(item.id) != self._key(item))

    def _count(self, before: Item | None, after: Item) -> None:
        if before is not None:
            self.counts[group_of(before)] -= 1
        self.counts[group_of(after)] += 1
        if before is None or before.findings is not after.findings:
            self.marks.subtract(() if before is None else marks_of(before))
            self.marks.update(marks_of(after))
