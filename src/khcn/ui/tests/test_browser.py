"""What the scripts add, in a real browser under the product's content security policy."""

import gzip

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAGES = ["", "record/", "list/", "public/", "sign-in/", "drawer/", "confirm/"]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_accessibility_violation(page, site, path, theme):
    page.emulate_media(color_scheme=theme)
    page.goto(site + path)

    found = Axe().run(page).response["violations"]

    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []


@pytest.mark.parametrize("width", [390, 1366])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_breaks_no_policy_and_never_scrolls_sideways(page, site, path, width):
    page.set_viewport_size({"width": width, "height": 844})
    page.goto(site + path)

    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_slash_reaches_the_search(page, site):
    page.goto(site + "record/")

    page.keyboard.press("/")

    expect(page.locator("#site-search")).to_be_focused()


def test_the_palette_finds_a_place_typed_without_marks(page, site):
    page.goto(site + "record/")

    page.keyboard.press("Control+k")
    page.keyboard.type("ket luan")

    expect(page.locator("#palette [aria-selected=true]")).to_have_text("Kết luận, nhiệm vụ giao")


def test_a_figure_opens_its_records_beside_the_page(page, site):
    page.goto(site)

    page.locator("#c-figure a.figure__number").first.click()

    expect(page.locator("#drawer[open] #behind-title")).to_have_text("Nhiệm vụ đang thực hiện")
    assert page.url == site


def test_a_row_opens_beside_the_list_on_a_wide_screen(page, site):
    page.goto(site + "list/")

    page.locator("tbody tr").nth(1).locator("td").nth(1).click()

    expect(page.locator("#preview h2").first).to_have_text("Tuyển chọn giống lúa chịu mặn cho vùng ven biển")
    expect(page.locator("tbody tr").nth(1)).to_have_attribute("aria-current", "true")


def test_a_row_opens_its_own_page_on_a_narrow_screen(page, site):
    page.set_viewport_size({"width": 1024, "height": 800})
    page.goto(site + "list/")

    page.locator("tbody tr").nth(1).locator("td").nth(1).click()

    expect(page).to_have_url(site + "record/")


def test_the_next_extraction_lights_its_words_in_the_text(page, site):
    page.goto(site)

    page.keyboard.press("n")
    page.keyboard.press("n")

    expect(page.locator("[data-span=x2]")).to_have_class("span span--due is-lit")
    expect(page.locator("#extraction-x2")).to_be_focused()


def test_pointing_at_words_lights_what_was_taken_from_them(page, site):
    page.goto(site)

    page.locator("[data-span=x1]").hover()

    expect(page.locator("#extraction-x1")).to_have_class("taken is-lit")


def test_what_was_typed_is_offered_back(page, site):
    page.goto(site)
    page.locator("#good_title").fill("Đề tài đang viết dở")
    page.wait_for_timeout(600)
    page.reload()

    page.get_by_role("button", name="Lấy lại").click()

    expect(page.locator("#good_title")).to_have_value("Đề tài đang viết dở")


def test_a_form_pressed_twice_is_sent_once(page, site):
    sent = []
    page.route("**/confirm/", lambda route: answer_once(route, sent))
    page.goto(site + "confirm/")
    page.evaluate("document.querySelector('main form').action = location.pathname")

    page.locator("main form button[type=submit]").dblclick()

    expect(page.locator("main form button[type=submit]")).to_be_disabled()
    assert sent == ["POST"]


def answer_once(route, sent):
    """Count what is sent and answer with nothing, so that the page stays."""
    if route.request.method == "GET":
        return route.continue_()
    sent.append(route.request.method)
    return route.fulfill(status=204)


def test_a_chosen_theme_is_remembered(page, site):
    page.goto(site + "record/")

    page.locator("[data-theme-toggle]").click()
    page.reload()

    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def test_the_menu_of_a_phone_opens_without_scripts(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(site + "record/")

    page.get_by_role("link", name="Tất cả").click()

    expect(page.get_by_role("link", name="Quản trị")).to_be_visible()
    context.close()


def test_a_public_page_weighs_at_most_a_hundred_kilobytes_compressed(page, site):
    answers = []
    page.on("response", lambda response: answers.append((response.url, response.body())))
    page.goto(site + "public/", wait_until="networkidle")

    weights = {url: weight(url, body) for url, body in answers}

    assert sum(weights.values()) <= 100_000, weights


def weight(url, body):
    """Return what the server would send: fonts are compressed already."""
    return len(body) if url.endswith(".woff2") else len(gzip.compress(body))
