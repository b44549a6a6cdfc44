"""The frame takes values and works with few of them."""

from django.template.loader import render_to_string

from khcn.ui.gallery_samples import FRAME


def test_a_page_without_any_value_still_has_its_frame():
    html = render_to_string("ui/base.html")

    assert 'lang="vi"' in html
    assert "Đến nội dung chính" in html


def test_the_phone_bar_takes_the_first_four_of_the_rail_and_a_way_to_all():
    html = render_to_string("ui/base.html", FRAME)
    bar = html.split('class="bottombar"')[1].split("</nav>")[0]

    assert bar.count("bottombar__item") == 5
    assert 'href="#rail"' in bar


def test_the_current_place_is_said_to_people_who_listen():
    html = render_to_string("ui/base.html", FRAME)

    assert 'aria-current="page"' in html.split('id="rail"')[1].split("</nav>")[0]


def test_signing_out_is_a_post_with_its_token():
    html = render_to_string("ui/base.html", FRAME | {"csrf_token": "dau-hieu"})
    form = html.split('class="menu__panel"')[1].split("</form>")[0]

    assert 'method="post"' in form
    assert 'value="dau-hieu"' in form


def test_a_heading_value_fills_the_heading_and_the_title():
    html = render_to_string("ui/base.html", {"heading": "Sổ nhiệm vụ <b>"})

    assert html.count("Sổ nhiệm vụ &lt;b&gt;") == 2


def test_htmx_may_neither_evaluate_nor_run_scripts():
    html = render_to_string("ui/base.html")

    assert '"allowEval":false' in html
    assert '"allowScriptTags":false' in html
