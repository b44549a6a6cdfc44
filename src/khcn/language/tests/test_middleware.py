"""Each reader has pages in the language they chose; programs have Vietnamese."""

import pytest
from django.urls import reverse
from django.utils import translation

SIGN_IN = "/dang-nhap/"


@pytest.mark.django_db
class TestChoosing:
    """What a reader chooses, and what follows."""

    def test_pages_are_vietnamese_whatever_the_browser_asks_for(self, client) -> None:
        answer = client.get(SIGN_IN, headers={"accept-language": "en"})

        assert '<html lang="vi">' in answer.text
        assert answer["Content-Language"] == "vi"
        assert "Cookie" in answer["Vary"]

    def test_who_chooses_english_has_english_from_then_on(self, client) -> None:
        chosen = client.post(reverse("set-language"), {"language": "en", "next": SIGN_IN})
        answer = client.get(SIGN_IN)

        assert chosen.url == SIGN_IN
        assert '<html lang="en">' in answer.text
        assert "Sign in" in answer.text
        assert "Đăng nhập" not in answer.text
        assert "Tiếng Việt" in answer.text

    def test_the_choice_leads_back_to_the_page_and_leaves_no_other_cookie(self, client) -> None:
        chosen = client.post(
            reverse("set-language"), {"language": "en"}, headers={"referer": f"http://testserver{SIGN_IN}?next=/"}
        )

        assert chosen.url == f"http://testserver{SIGN_IN}?next=/"
        assert list(chosen.cookies) == ["language"]

    def test_the_choice_leads_to_no_other_site(self, client) -> None:
        chosen = client.post(reverse("set-language"), {"language": "en", "next": "https://example.org/"})

        assert chosen.url == "/"

    @pytest.mark.parametrize("said", ["fr", "../vi", ""])
    def test_a_language_that_there_is_not_is_vietnamese(self, client, said: str) -> None:
        client.cookies["language"] = said

        assert '<html lang="vi">' in client.get(SIGN_IN).text

    def test_programs_read_vietnamese_always(self, client) -> None:
        client.cookies["language"] = "en"
        answer = client.get("/api/v1/registers")

        assert answer["Content-Language"] == "vi"
        assert "Buổi làm việc" in answer.text

    def test_the_language_ends_with_the_answer(self, client) -> None:
        client.cookies["language"] = "en"
        client.get(SIGN_IN)

        assert translation.get_language() == "vi"
