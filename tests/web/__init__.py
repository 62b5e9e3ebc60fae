"""Tests of the web application; also `tests.web.journey`, which any test of a running Signpost may use."""
