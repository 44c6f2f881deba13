"""Pictures of screens are worth something only when Chinese characters are drawn."""

from __future__ import annotations

from playwright.sync_api import Browser, Page


def drawn(page: Page, character: str) -> bytes:
    """One character as the browser draws it."""
    page.set_content(f"<!doctype html><p id=one>{character}</p>")
    return page.locator("#one").screenshot()


def test_two_characters_look_different(browser: Browser, chinese_fonts: None) -> None:
    page = browser.new_page(viewport={"width": 200, "height": 100})
    try:
        assert drawn(page, "政") != drawn(page, "府")
    finally:
        page.close()
