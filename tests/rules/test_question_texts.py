"""The questions of the desk as values: what they ask, what can be answered, and what is filled in by an answer."""

from __future__ import annotations

from zonemap.rules.question_texts import Question, heading_by_state, meaning, questions, scene_question


def test_the_first_question_is_about_danger_and_who_cannot_tell_says_so_of_it() -> None:
    scene = scene_question()

    assert scene.key == "danger_now"
    assert (scene.options[-1].key, scene.options[-1].value, scene.options[-1].label) == (
        "danger_now",
        "unsure",
        "I can't tell",
    )
    assert set(scene.keys) == {"danger_now", "entering_now", "custody_escort", "paper"}
    assert scene.specimen == ""
    assert all(each.value == "yes" for each in scene.options if each.key in ("entering_now", "custody_escort"))


def test_where_it_matters_of_which_state_a_court_is_only_that_answer_becomes_several() -> None:
    plain, by_state = questions()["top_heading"], heading_by_state()
    courts = [each.value for each in by_state.options if each.key == "court"]

    assert courts
    assert [each for each in by_state.options if each.key != "court"] == [
        each for each in plain.options if each.value != "state_court"
    ]
    at = [each.value for each in plain.options].index("state_court")
    assert [each.key for each in by_state.options[at : at + len(courts)]] == ["court"] * len(courts)
    assert by_state.options[-1].value == "unsure"


def test_only_what_they_ask_for_can_have_several_answers() -> None:
    assert [each.key for each in questions().values() if each.several] == ["wants"]
    assert not scene_question().several
    assert not Question("made up", "Is it?", "Look.", ()).several


def test_an_answer_reads_as_it_stands_on_its_button_and_what_nobody_can_press_as_not_shown() -> None:
    title = questions()["title"]

    assert title.label("unsure") == "I can't tell"
    assert title.label("none_shown") == "Not shown"
    assert title.keys == ("title",)


def test_what_follows_from_an_answer_is_told_where_something_does() -> None:
    assert all(isinstance(meaning(key, "gone"), str) and meaning(key, "gone") == "" for key in questions())
    assert any(meaning(key, each.value) for key, asked in questions().items() for each in asked.options)
