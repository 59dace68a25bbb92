"""The papers that are confused most: each side a drawing of the gallery, each mark one of the legend."""

from __future__ import annotations

from zonemap.rules.paper_pairs import papers

THEN = 0  # the row of what follows


def test_both_papers_of_a_pair_hang_in_the_gallery() -> None:
    drawn = dict(papers().papers)

    assert len(drawn) == len(papers().papers) > 10
    for pair in papers().pairs:
        assert {pair.left, pair.right} <= set(drawn), pair.title
        assert pair.left != pair.right
        assert pair.left_name
        assert pair.right_name


def test_each_row_stands_at_a_mark_of_the_legend_in_order_and_the_last_says_what_follows() -> None:
    legend = [mark for mark, _ in papers().legend]

    assert legend == list(range(1, len(legend) + 1))
    assert all(words for _, words in papers().legend)
    for pair in papers().pairs:
        *marks, last = [row.mark for row in pair.rows]
        assert marks == sorted(set(marks)), pair.title
        assert set(marks) <= set(legend)
        assert last == THEN
        assert all(row.where and row.left and row.right for row in pair.rows)


def test_a_paper_of_homeland_security_is_said_to_be_no_court_s_and_opens_nothing() -> None:
    for pair in papers().pairs:
        assert pair.right.startswith("dhs_"), pair.title
        assert pair.rows[0].right.endswith("not a court")
        assert pair.rows[-1].right.startswith("Not by this paper")


def test_the_page_says_that_its_papers_are_drawn() -> None:
    assert papers().drawn == "Drawings, not real forms. The words on their paper count."
    assert all((papers().title, papers().lead, papers().gallery, papers().gallery_lead))
