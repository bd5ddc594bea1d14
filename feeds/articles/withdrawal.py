"""Articles that were published and are no more: since when, and where they lay."""

from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from feeds.articles.memory import Memory
from feeds.feed import Deleted

#: For how long an article may be away, as an editor or a deploy may take it, untold.
GRACE = timedelta(minutes=10)
#: For how long subscribers are told of one that is no more.
KEPT = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Published:
    """What subscribers know of an article that is out.

    `id` is its author's own as written, or ""; `addresses` are that of its page and
    then its aliases, as paths on the site such as `2024/hello/`.
    """

    id: str
    addresses: tuple[str, ...]


def withdraw(
    memories: Mapping[str, Memory],
    published: Mapping[str, Published],
    unreadable: Container[str],
    now: datetime,
) -> dict[str, Memory]:
    """The memories as they are once `published`, by path, is what is out at `now`.

    What is remembered, was out and is out no more is gone, unless its file is only
    `unreadable`. Where one page lay and another lies now is an address of the latter.
    """
    now = now.replace(microsecond=0)  # as it is kept
    owners: dict[str, str] = {}
    found = dict(memories)
    for path, memory in memories.items():
        out = published.get(path)
        if out is not None and _is_as_ever(memory, out):  # as nearly all are
            continue
        owners = owners or {each.addresses[0]: p for p, each in published.items()}
        if out is not None:
            known = (out.addresses[0], *memory.addresses, *out.addresses[1:])
            own, gone = out.id, None
            back = now if _is_told(memory, now) else memory.back
        elif memory.addresses:
            known, own, back = memory.addresses, memory.id, memory.back
            gone = memory.gone or (None if path in unreadable else now)
        else:
            continue
        addresses = tuple(
            a for a in dict.fromkeys(known) if owners.get(a, path) == path
        )
        before = (memory.id, memory.addresses, memory.gone, memory.back)
        if (own, addresses, gone, back) != before:
            found[path] = replace(
                memory, id=own, addresses=addresses, gone=gone, back=back
            )
    return found


def _is_as_ever(memory: Memory, out: Published) -> bool:
    """Whether an article is out as it was, and at one address alone."""
    is_there = len(out.addresses) == 1 and memory.addresses == out.addresses
    return is_there and memory.id == out.id and memory.gone is None


def deleted(
    memories: Mapping[str, Memory], id_of: Callable[[str, Memory], str], now: datetime
) -> tuple[Deleted, ...]:
    """What subscribers are to be told is no more, newest first, each id once."""
    newest: dict[str, datetime] = {}
    for path, memory in memories.items():
        if memory.gone is not None and GRACE <= now - memory.gone < KEPT:
            entry_id = id_of(path, memory)
            newest[entry_id] = max(memory.gone, newest.get(entry_id, memory.gone))
    found = sorted(newest.items(), key=lambda each: (-each[1].timestamp(), each[0]))
    return tuple(Deleted(entry_id, when) for entry_id, when in found)


def lost(memories: Mapping[str, Memory], taken: Container[str]) -> frozenset[str]:
    """Where articles lay that are no more, but not what is `taken` by a live page.

    Nor what leads to another article, which may take the place of one that is gone.
    """
    gone = {
        at for memory in memories.values() if memory.gone for at in memory.addresses
    }
    if not gone:
        return frozenset()
    held = {at for m in memories.values() if not m.gone for at in m.addresses}
    return frozenset(at for at in gone - held if at not in taken)


def next_change(memories: Mapping[str, Memory], now: datetime) -> datetime | None:
    """When `deleted` will next answer otherwise, for the same memories."""
    coming = (
        memory.gone + span
        for memory in memories.values()
        if memory.gone is not None
        for span in (GRACE, KEPT)
    )
    return min((when for when in coming if when > now), default=None)


def _is_told(memory: Memory, now: datetime) -> bool:
    """Whether subscribers may have been told by now that it is no more."""
    return memory.gone is not None and now - memory.gone >= GRACE
