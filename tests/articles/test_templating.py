"""Templating in bodies: what is translated, what is taken out, what is left alone."""

import re

import pytest

from feeds.articles.templating import Leftover, plain_mdx, translate

pytestmark = pytest.mark.thorough

YOUTUBE = '<p><a href="https://www.youtube.com/watch?v=a-B_1">Video on YouTube</a></p>'
TRANSLATED = {
    # Liquid, Jekyll, Eleventy, Nunjucks
    "{{ site.url }}/a": "/a",
    "[a]({{site.baseurl}}/a)": "[a](/a)",
    "[home]({{ site.url }})": "[home](/)",
    "{{ site.url }}{{ site.baseurl }}/a": "/a",
    "![a]({{ '/a.png' | relative_url }})": "![a](/a.png)",
    '{{ "/a.png" | prepend: site.baseurl | absolute_url }}': "/a.png",
    '<a href="{{ "/a/" | url }}">': '<a href="/a/">',
    "{{ 'Hi {{ you }}' | upcase }}": "Hi {{ you }}",
    "[a]({% post_url 2020-01-31-a %})": "[a](ref:2020-01-31-a)",
    "[a]({%link _posts/a.md %}#b)": "[a](ref:_posts/a.md#b)",
    "[a]({{ site.baseurl }}{% link a.md %})": "[a](ref:a.md)",
    "{% highlight ruby linenos %}\n  a\n\nb\n{% endhighlight %}": (
        "```ruby\n  a\n\nb\n```"
    ),
    "{%- highlight 'js' -%}\na\n{%- endhighlight -%}": "```js\na\n```",
    "{% highlight md %}\n````\n{{ a }}\n````\n{% endhighlight %}": (
        "`````md\n````\n{{ a }}\n````\n`````"
    ),
    "1. a\n\n   {% highlight sh %}\n   b\n   {% endhighlight %}\n": (
        "1. a\n\n   ```sh\n   b\n   ```\n"
    ),
    "1. a\n\n   {% highlight sh %}\nb\n   {% endhighlight %}\n": (
        "1. a\n\n   ```sh\n   b\n   ```\n"
    ),
    "a\n{% highlight x %}b{% endhighlight %}\nc": "a\n\n```x\nb\n```\n\nc",
    "{% codeblock A title lang:ruby %}\na\n{% endcodeblock %}": "```ruby\na\n```",
    "<p>a</p>\n\n{% highlight xml %}\n<a>\n{% endhighlight %}": (
        '<p>a</p>\n\n<pre><code class="language-xml">&lt;a&gt;</code></pre>'
    ),
    "{% raw %}{{ a }}{% endraw %}": "{{ a }}",
    "`{% raw %}{% b %}{% endraw %}`": "`{% b %}`",
    "```\n{% raw %}\n{{ a }}\n{% endraw %}\n```": "```\n{{ a }}\n```",
    "<!-- {% raw %} -->{{ a }}<!-- {% endraw %} -->": "<!--  -->{{ a }}<!--  -->",
    "a{% comment %}\n\n{{ b }}\n{% endcomment %}c": "ac",
    "a{# b\n{{ c }} #}d": "ad",
    '{% include figure.html src="/a.png" alt=\'"b"\' caption="*c* & [d](/d)" %}': (
        '<figure><img src="/a.png" alt="&quot;b&quot;">'
        '<figcaption>*c* & <a href="/d">d</a></figcaption></figure>'
    ),
    '{% include img/post-image.liquid path="a.png" title="B" alt=page.title %}': (
        '<figure><img src="a.png" alt=""><figcaption>B</figcaption></figure>'
    ),
    'a\n{% include figure\n  image_path="{{ site.url }}/a.png"\n  alt="b" %}\nc': (
        'a\n\n<figure><img src="/a.png" alt="b"></figure>\n\nc'
    ),
    '{% image "./a.png", "b" %}': '<figure><img src="./a.png" alt="b"></figure>',
    "{% img left /a.png 150 150 'b' %}": '<figure><img src="/a.png" alt="b"></figure>',
    "a {% youtube a-B_1 %}": f"a \n\n{YOUTUBE}",
    '{% youtube "https://www.youtube.com/watch?v=a-B_1" %}': YOUTUBE,
    "{% include youtube.html id='a-B_1' %}": YOUTUBE,
    "{% include embed/youtubePlayer.html id='a-B_1' %}": YOUTUBE,
    '{% include video id="a-B_1" provider="youtube" %}': YOUTUBE,
    "{% vimeo 12 %}": '<p><a href="https://vimeo.com/12">Video on Vimeo</a></p>',
    "{% gist a/1f %}": (
        '<p><a href="https://gist.github.com/a/1f">Code on GitHub Gist</a></p>'
    ),
    "{% twitter https://twitter.com/a/status/1?s=2 %}": (
        '<p><a href="https://twitter.com/a/status/1?s=2">Post on Twitter</a></p>'
    ),
    # Hugo
    '{{< figure src="/a.png" title="b" attr="c" attrlink="https://c.d" link="/e" >}}': (
        '<figure><a href="/e"><img src="/a.png" alt=""></a>'
        '<figcaption>b<br><a href="https://c.d">c</a></figcaption></figure>'
    ),
    '{{< highlight go "linenos=table" >}}\na {{ b }}\n{{< /highlight >}}': (
        "```go\na {{ b }}\n```"
    ),
    '[a]({{< ref "b.md" >}})': "[a](ref:b.md)",
    '[a]({{% relref "/b c#d" %}})': "[a](ref:/b%20c#d)",
    '[a]({{< relref "#d" >}})': "[a](#d)",
    "{{< youtube a-B_1 >}}": YOUTUBE,
    '{{< youtube id="a-B_1" autoplay="true" >}}': YOUTUBE,
    "{{< gist a 1f >}}": (
        '<p><a href="https://gist.github.com/a/1f">Code on GitHub Gist</a></p>'
    ),
    '{{< x user="a" id="1" >}}': (
        '<p><a href="https://twitter.com/a/status/1">Post on Twitter</a></p>'
    ),
    "{{< tweet 1 >}}": (
        '<p><a href="https://twitter.com/i/status/1">Post on Twitter</a></p>'
    ),
    "{{< instagram Ab >}}": (
        '<p><a href="https://www.instagram.com/p/Ab">Photo on Instagram</a></p>'
    ),
    "{{</* a */>}} `{{%/* b */%}}`": "{{< a >}} `{{% b %}}`",
    "a{{/* b */}}c": "ac",
    # Zola
    '{{ youtube(id="a-B_1", class="c") }}': YOUTUBE,
    '{{ figure(src="a.png", alt="b", caption="c") }}': (
        '<figure><img src="a.png" alt="b"><figcaption>c</figcaption></figure>'
    ),
    '{% quote(author="A & B") %}\nc\n{% end %}': (
        "\n\n<blockquote>\n\n\nc\n\n\n<p>— A &amp; B</p>\n\n</blockquote>\n\n"
    ),
    "[a](@/b/c.md#d) [e]": "[a](ref:b/c.md#d) [e]",
    "[a]: @/b/c.md": "[a]: ref:b/c.md",
    "`{{/* youtube(id=1) */}}`": "`{{ youtube(id=1) }}`",
    # kramdown, and attributes elsewhere
    "# a\n{: .b #c}\n\nd": "# a\n\nd",
    "* a\n{:.b}\n* c": "* a\n* c",
    '![a](b){: style="c: d" width="1"}e': "![a](b)e",
    "`a`{: .language-ruby} b": "`a` b",
    "a\n\n* TOC\n{:toc}\n\nb": "a\n\n\nb",
    "1. TOC\n{:toc .c}\nb": "b",
    "{::comment}\na\n{:/comment}\nb": "b",
    "{::nomarkdown}\n<b>\n{:/}": "<b>\n",
    '{::options parse_block_html="true" /}\na': "a",
    "## a {#b .c}\nd": "## a\nd",
    "## `a` { #b }": "## `a`",
    "a {#b}\n===": "a\n===",
    '![a](b){width=300 .c title="d e"}': "![a](b)",
    "a\n\n{.b}\n": "a\n\n",
}
LEFT_ALONE = [
    "no templating, but { braces } and {a: b}",
    "a\n\n```liquid\n{{ a }} {% b %}\n{: .c}\n```\n",
    "  ~~~~ x\n{{ a }}\n~~~\n~~~~\n",
    "* a\n\n  ```\n  {{ a }}\n  ```\n",
    "> ```\n> {{ a }}\n> ```\n",
    "```\n{{ never closed }}",
    "a\n\n    {{ b }}\n\n    {% c %}\n",
    "a\n\n\t{{ b }}\n",
    "* a\n\n      {{ b }}\n",
    "1. a\n\n   * b\n\n         {{ c }}\n",
    "* a\n\nb\n\n    {{ c }}\n",
    "a `{{ b }}` `` ` {% c %} `` d",
    "a `{{\nb }}` c",
    "<pre>\n{{ a }}\n\n{% b %}</pre>",
    '<PRE class="x"><code>{{ a }}</code></PRE>',
    "<code>{{ a }}</code>",
    "<script>\nconst a = {{ b }};\n</script>",
    "<!-- {{ a }} --><!--more-->",
    "$$\\frac{{a}}{{b}}$$ and \\mathbf{{a}} and x_{{1}} and x^{{2}}",
    "${{ secrets.A }}, default_hook::{{closure}}",
    "format with {:?} and {} and {:>8}; p h #=> {:b=>2, :c=>3}",
    "Go { # on } and {#if x} and { .5 }, {{}} and {{",
    "find {.a} here, and {b=c} there",
    "100 {% 7",
]
OUT = {
    "a {{ page.title | upcase }} b": ("a  b", ["{{ page.title }}"]),
    "* <{{ a.url }}>\n\n      b": ("* …\n\n      b", ["{{ a.url }}"]),
    "a. <{{ a.url }}>": ("a. ", ["{{ a.url }}"]),
    "a {{{ b }}} c": ("a  c", ["{{ b }}"]),
    "{%- assign a = b | c -%}\nd": ("d", ["{% assign %}"]),
    "* a\n{% if b %}\n* c\n{% else %}\n* d\n{% endif %}\n* e": (
        "* a\n* c\n* d\n* e",
        ["{% if %}"],
    ),
    "a\n{% for b in c %}\n{{ b }}\n{% for d in e %}d{% endfor %}\n{% endfor %}f": (
        "a\nf",
        ["{% for %}"],
    ),
    "{% for a in b %}\nnever closed": ("never closed", ["{% for %}"]),
    "{% note %}a{% endnote %}": ("a", ["{% note %}"]),
    "{% include nav.html %}": ("", ["{% include %}"]),
    "{% include figure.html src=page.image %}": ("", ["{% include %}"]),
    "{% include youtube.html id=page.video %}": ("", ["{% include %}"]),
    "{% note(a=1) %}b{% end %}": ("b", ["{% note %}"]),
    '{{ chart(a="b") }}': ("", ["{{ chart() }}"]),
    "{{< note >}}a{{< /note >}}": ("a", ["{{< note >}}"]),
    "{{% note %}}*a*{{% /note %}}": ("*a*", ["{{% note %}}"]),
    "{{<br/>}}a{{< param b >}}": ("a", ["{{< br >}}", "{{< param >}}"]),
    "a {{< figure alt=b >}} c": ("a  c", ["{{< figure >}}"]),
    "1. a\n\n    {{ b }}\n": ("1. a\n\n    \n", ["{{ b }}"]),
    "<ul>\n\n    <li>{{ a }}</li>\n</ul>": (
        "<ul>\n\n    <li></li>\n</ul>",
        ["{{ a }}"],
    ),
    "a `b {{ c }}\n\n`d": ("a `b \n\n`d", ["{{ c }}"]),
    "<pre> never closed {{ a }}": ("<pre> never closed ", ["{{ a }}"]),
    # Misformed: no more than a line of it goes.
    "{% include a.html } b\nc": (" b\nc", ["{% include %}"]),
    "{% include a.html b\nc": ("\nc", ["{% include %}"]),
    "{{ a.b } c": (" c", ["{{ a.b }}"]),
    '{{< figure src="a"\n\nb >}}': ("\n\nb >}}", ["{{< figure >}}"]),
    "{% highlight ruby %}\na": ("\na", ["{% highlight %}"]),
    "{% raw %}\na": ("\na", []),
}


@pytest.mark.parametrize(("body", "expected"), TRANSLATED.items())
def test_what_has_a_plain_meaning_is_translated(body: str, expected: str) -> None:
    assert translate(body) == (expected, ())


@pytest.mark.parametrize("body", LEFT_ALONE)
def test_code_and_prose_are_left_alone(body: str) -> None:
    assert translate(body) == (body, ())


@pytest.mark.parametrize(("body", "expected"), OUT.items())
def test_the_rest_is_taken_out_and_said(
    body: str, expected: tuple[str, list[str]]
) -> None:
    text, left = translate(body)
    assert (text, [each.kind for each in left]) == expected


def test_each_kind_is_said_once_with_the_line_of_its_first_use() -> None:
    body = "\na {% b %}\n`{% c %}`\n{{ d }} {% b 2 %}\n{% c %}"
    assert translate(body)[1] == (
        Leftover("{% b %}", 2),
        Leftover("{{ d }}", 4),
        Leftover("{% c %}", 5),
    )


def test_what_a_loop_would_have_repeated_leaves_no_trace() -> None:
    body = "{% for a in b %}{{ a }}{% endfor %}\n{{ a }}"
    assert translate(body)[1] == (Leftover("{% for %}", 1), Leftover("{{ a }}", 2))


def test_a_body_without_braces_is_the_same_object() -> None:
    body = "a" * 1000
    assert translate(body)[0] is body
    assert plain_mdx(body)[0] is body


MDX = {
    'import A from "a"\nimport {\n  b,\n} from "c";\n\n# d': ("\n\n\n# d", []),
    "export const a = {\n  b: {\n\n  },\n}\n\nc": ("\n\nc", []),
    "export default ({children}) => (\n  <A>{children}</A>\n)\n\nb": ("\n\nb", []),
    "a{/* b {c} */}d": ("ad", []),
    "<Chart data={{a: [1]}} />\n\nb": ("\n\nb", ["<Chart>"]),
    '<Note title="a > b">*c*</Note>': ("*c*", ["<Note>"]),
    "<A.B f={() => { a > b }}>\n  c\n</A.B>": ("\nc\n", ["<A.B>"]),
    "<A>\n  <B>\n    c\n\n        d\n  </B>\n</A>": (
        "\n\nc\n\n    d\n\n",
        ["<A>", "<B>"],
    ),
    '<p className="a" width={300} style={{b: 1}}>c{" "}d</p>': (
        '<p class="a" width="300" >c d</p>',
        ["{…}"],
    ),
    "a {b + 1} {'{'}c{'}'}": ("a  {c}", ["{…}"]),
    "`{a}` <B/>\n```jsx\nimport A from 'a'\n<B c={d} />\n```": (
        "`{a}` \n```jsx\nimport A from 'a'\n<B c={d} />\n```",
        ["<B>"],
    ),
    "# a {#b}": ("# a ", []),
}
PROSE_OF_MDX = [
    "import taxes from China rise",
    "export controls, and a <B that is no tag",
    "a { that is never closed",
    "<p>a</p> 1 < 2",
]


@pytest.mark.parametrize(("body", "expected"), MDX.items())
def test_mdx_keeps_its_text(body: str, expected: tuple[str, list[str]]) -> None:
    text, left = plain_mdx(body)
    assert (text, [each.kind for each in left]) == expected


@pytest.mark.parametrize("body", PROSE_OF_MDX)
def test_mdx_without_programs_is_left_alone(body: str) -> None:
    assert plain_mdx(body) == (body, ())


HOSTILE = """{%%{ {# {: {{< {{% {{" {%/* {{/* {{</* {{<a {{a {%a {{a(" {%a" {{a}} {%a%}
    {#a} {:.a {a=" ` `a``b```c $$ ``` <pre> <!-- <!--{%raw%} <A <A{ <A" </A> <A> {/*
    import{ {%raw%} {%comment%} {%highlight%} {%for%} {%quote%} {%endfor%} {%end%}
    {{<highlight>}} {::comment}""".split()


@pytest.mark.parametrize("unit", HOSTILE)
def test_a_hostile_body_is_read_in_passing(unit: str) -> None:
    # Were any of it quadratic, these would take minutes: there is nothing to time.
    body = "{{ a }}" + unit * (20_000 // len(unit))
    assert len(translate(body)[0]) <= len(body)
    assert len(plain_mdx(body)[0]) <= len(body)


def test_runs_of_a_million_braces_pass_through() -> None:
    assert translate("{%" * 500_000) == ("{%" * 500_000, ())
    assert translate("{{" * 500_000) == ("{{" * 500_000, ())


def test_nothing_that_a_generator_would_run_is_left_outside_code() -> None:
    running = re.compile(r"\{%|\{\{")
    for body in OUT:
        assert not running.search(translate(body)[0]), body
