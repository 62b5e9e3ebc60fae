"""What can be wrong with a source as a whole."""

from __future__ import annotations


class SourceError(Exception):
    """A source as a whole cannot be read: what it is, why, and the fix. Nothing was changed."""


class FeedError(SourceError):
    """A feed cannot be fetched, or cannot be believed."""


class PageMissing(FeedError):
    """The server says that there is nothing at this address (404, 410, or a page past the last one)."""


class RecordFailed(FeedError):
    """The server keeps failing on one address; others may be well."""


class NoJson(RecordFailed):
    """What answers is a web page; asking again would not change that."""
