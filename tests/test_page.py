"""The page fixture can fail: each fault it promises to find, put into a page that is in order."""

from __future__ import annotations

import pytest

from tests.page import check_page

GOOD = """<!doctype html>
<html lang="en"><head><title>Signs – zonemap</title><link rel="stylesheet" href="/static/a.css"></head>
<body><main><h1>Signs</h1><h2>All</h2>
<form method="post" action="/x"><input type="hidden" name="csrf_token" value="t">
<label for="name">Name</label><input id="name" aria-describedby="name-hint"><span id="name-hint">Short</span>
<button type="submit">Save</button></form><a href="#name">Name</a><img src="/a.png" alt=""></main></body></html>"""


def test_a_page_that_is_in_order_passes():
    check_page(GOOD)


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("<!doctype html>", ""),
        (' lang="en"', ""),
        ("<h1>Signs</h1>", "<h1>Plans</h1>"),
        ("<h1>Signs</h1>", ""),
        ("<h1>Signs</h1>", "<h1>Signs</h1><h1>Signs</h1>"),
        ("<h2>All</h2>", "<h3>All</h3>"),
        ("<main>", "<div>"),
        ("<h2>All</h2>", "<h2>All"),
        ("<h2>All</h2>", '<h2 id="name">All</h2>'),
        ("<h2>All</h2>", '<h2 class="a" class="b">All</h2>'),
        ('<label for="name">Name</label>', ""),
        ('for="name"', 'for="nothing"'),
        ('aria-describedby="name-hint"', 'aria-describedby="nothing"'),
        ('href="#name"', 'href="#nothing"'),
        (' method="post"', ""),
        (' action="/x"', ""),
        ('<input type="hidden" name="csrf_token" value="t">', ""),
        (' type="submit"', ""),
        (">Save<", "><"),
        (' alt=""', ""),
        ('src="/a.png"', 'src="https://elsewhere.example/a.png"'),
        ('src="/a.png"', 'src="//elsewhere.example/a.png"'),
        ("<h2>All</h2>", '<h2 style="color: red">All</h2>'),
        ("<h2>All</h2>", "<style>h2 { color: red }</style>"),
        ("<h2>All</h2>", "<script>alert(1)</script>"),
        ("<h2>All</h2>", '<h2 onclick="x()">All</h2>'),
        ('href="#name"', 'href="javascript:x()"'),
    ],
)
def test_each_fault_is_found(good, bad):
    assert good in GOOD
    with pytest.raises(AssertionError):
        check_page(GOOD.replace(good, bad))
