"""What tests in several folders share: one real browser for the whole run, at phone and at desktop width."""

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
WIDTHS = {"phone": {"width": 360, "height": 740}, "desktop": {"width": 1280, "height": 900}}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium, closed after each file: while it is open no test in this process may run an event loop of its own."""
    if not CHROMIUM:
        if os.environ.get("CI"):
            pytest.fail("There is no Chromium on this machine. Install it: apt-get install chromium")
        pytest.skip("no Chromium on this machine (apt-get install chromium), so no browser test ran")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield opened
        opened.close()


@pytest.fixture(params=WIDTHS)
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page as wide as a phone's, then as a desk's; it fails the test when its console shows an error."""
    context = browser.new_context(viewport=WIDTHS[request.param], reduced_motion="reduce", locale="en-GB")
    context.set_default_timeout(5_000)
    opened = context.new_page()
    faults: list[str] = []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
    yield opened
    context.close()
    assert not faults


@pytest.fixture
def browser_page(browser: Browser) -> Iterator[Page]:
    """A page whose console may complain: what is tested is that the browser refuses."""
    opened = browser.new_page()
    yield opened
    opened.close()
