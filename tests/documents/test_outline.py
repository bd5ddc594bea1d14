"""Texts on a page: headings without a gap, and what scrolls within reach of keys."""

import re

import pytest

from feeds.documents.outline import outlined, readied


@pytest.mark.parametrize(
    ("levels", "shown"),
    [
        ("", ""),
        ("23234", "23234"),
        ("1212", "2323"),
        ("4", "2"),
        ("35", "23"),
        ("53", "22"),
        ("2462", "2342"),
        ("123456", "234566"),
    ],
)
def test_headings_begin_below_the_title_and_skip_no_level(levels, shown):
    html = "".join(f'<h{level} id="a">T</h{level}><p>x</p>' for level in levels)
    found = outlined(html)
    assert "".join(re.findall(r"<h(\d)", found)) == shown
    assert "".join(re.findall(r"</h(\d)", found)) == shown


def test_what_only_looks_like_a_heading_stays():
    assert outlined("<hr><p>h1 &lt;h4></p>") == "<hr><p>h1 &lt;h4></p>"


def test_code_and_tables_can_be_scrolled_by_keys():
    found = readied("<pre><code>x</code></pre><table><tr><td>y</table>")
    assert found.startswith('<pre tabindex="0"><code>x')
    assert '<table tabindex="0"><tr>' in found


def test_a_cell_is_aligned_by_its_class_as_html_has_it():
    cell = '<td colspan="2" align="right">1</td><th align="center">n</th>'
    told = '<td colspan="2" class="right">1</td><th class="center">n</th>'
    assert readied(cell) == told
