"""Tests of the web application; also `web.journey`, which any test of a running Signpost may use."""
