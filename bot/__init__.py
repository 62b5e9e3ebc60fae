"""The assistant: how it listens, what it may say, and the `signpost` command."""
