"""Rules for hosts: short, complete, and nothing in a name breaks out of them."""

import re
from urllib.parse import quote

import pytest

from feeds.export.hosts import HOSTS, problems, rules
from feeds.policies import FEED_POLICY, GUARDS, MEDIA_POLICY, PAGE_POLICY, SHARED
from tests.conftest import client_for
from tests.hosted import hosted

_ARTICLE = "---\ndate: 2026-01-0{}\naliases: [{}]\n---\ntext"


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return hosted(tmp_path_factory.mktemp("hosted") / "site")


def _headers_by(text: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """A `_headers` by the documentation: a path, then indented `Name: value`."""
    found: list[tuple[str, list[tuple[str, str]]]] = []
    for line in text.splitlines():
        if line.startswith("/"):
            found.append((line, []))
        else:
            name, _, value = line.strip().partition(": ")
            found[-1][1].append((name, value))
    return found


def _sent(text: str, path: str, host: str) -> dict[str, str]:
    """What is sent with a path: Cloudflare joins values, Netlify takes the last.

    An asterisk is anything, and Netlify asks for no slash at the end.
    """
    end = "/?" if host == "netlify" else ""
    sent: dict[str, str] = {}
    for rule, headers in _headers_by(text):
        wanted = rule.rstrip("/") if end else rule
        pattern = ".*".join(map(re.escape, wanted.split("*"))) + end
        if re.fullmatch(pattern, path):
            for name, value in headers:
                is_joined = name in sent and host == "cloudflare"
                sent[name] = f"{sent[name]}, {value}" if is_joined else value
    return sent


def _redirects_by(text: str) -> dict[str, tuple[str, str]]:
    """A `_redirects` by the documentation: from, to and status, apart by spaces."""
    found: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        source, target, status = line.split(" ")
        found.setdefault(source, (target, status))
    return found


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_lists_send_with_each_file_what_is_served_with_it(site, host):
    text = rules(site.edition, host)["_headers"].decode()
    client = client_for(site)
    for path in (*site.edition.paths, *site.media):
        if path == "404.html" or path.startswith("pod/"):
            continue
        address = quote("/blög/" + path.removesuffix("index.html"))
        served = client.get("/" + quote(path.removesuffix("index.html"))).headers
        sent = _sent(text, address, host)
        assert {"Cache-Control", "Content-Security-Policy"} < set(sent)
        assert {name: served[name] for name in sent} == sent, path


@pytest.mark.parametrize("host", ["netlify", "cloudflare"])
def test_lists_lead_where_the_server_leads(site, host):
    found = _redirects_by(rules(site.edition, host)["_redirects"].decode())
    for former, place in site.edition.signposts.former.items():
        target, status = found[quote("/blög/" + former)]
        assert (target, status) == (quote("/blög/" + place), "301"), former
    assert found["/bl%C3%B6g/feed"] == ("/bl%C3%B6g/rss.xml", "301")


def test_netlify_says_what_is_gone_and_moves_feeds_that_lie_there(site):
    found = _redirects_by(rules(site.edition, "netlify")["_redirects"].decode())
    assert found["/bl%C3%B6g/dead/rss.xml"] == ("/bl%C3%B6g/404.html", "410")
    assert found["/bl%C3%B6g/pod/rss.xml"][1] == "301!"


def test_no_address_in_a_list_has_a_wildcard_or_a_placeholder(site):
    for host in ("netlify", "cloudflare"):
        found = _redirects_by(rules(site.edition, host)["_redirects"].decode())
        assert not [source for source in found if re.search(r"[*:\s#]", source)]


def test_cloudflare_takes_the_newest_and_says_how_many_are_left_out(make_site):
    old = ", ".join(f"old{number}" for number in range(1200))
    new = ", ".join(f"new{number}" for number in range(300))
    site = make_site({"a.md": _ARTICLE.format(1, old), "b.md": _ARTICLE.format(2, new)})
    lines = rules(site.edition, "cloudflare")["_redirects"].decode().splitlines()
    assert len(lines) == 2000
    assert sum("/new" in line for line in lines) == 600
    (problem,) = problems(site.edition, "cloudflare")
    guesses = sum("/old" not in line and "/new" not in line for line in lines)
    left = 1500 - (2000 - guesses) // 2
    assert re.findall(r"\d+", problem.found) == [str(left)]
    assert problems(site.edition, "netlify") == ()


def test_cloudflare_has_no_rule_too_long_for_it(make_site):
    site = make_site({"a.md": _ARTICLE.format(1, "x" * 1000)})
    text = rules(site.edition, "cloudflare")["_redirects"].decode()
    assert "xxx" not in text
    assert problems(site.edition, "cloudflare")


def test_rules_do_not_grow_with_pages(make_site):
    few = make_site({"1.md": _ARTICLE.format(1, "")})
    before = {host: rules(few.edition, host) for host in HOSTS}
    many = make_site({f"{n}.md": _ARTICLE.format(n, "") for n in range(2, 8)})
    assert {host: rules(many.edition, host) for host in HOSTS} == before


def test_nothing_is_redirected_where_something_lies(make_site):
    site = make_site(
        {
            "a.md": _ARTICLE.format(1, "'p.png', b, feed, c"),
            "b.md": _ARTICLE.format(2, ""),
            "p.png": b"\x89PNG",
        }
    )
    found = _redirects_by(rules(site.edition, "cloudflare")["_redirects"].decode())
    assert found["/c"] == ("/a/", "301")
    assert found["/feed"] == ("/rss.xml", "301")
    assert not {"/p.png", "/b", "/b/"} & set(found)


def test_github_has_pages_that_lead_on(make_site):
    toml = 'base_url = "https://ann.example/"\n'
    alias = '\'old "<&one\', .git/hooks, "a/../../b", p.png/x'
    site = make_site(
        {"feeds.toml": toml, "a.md": _ARTICLE.format(1, alias), "p.png": b"\x89PNG"}
    )
    found = rules(site.edition, "github")
    assert set(found) == {".nojekyll", "CNAME", 'old "<&one/index.html'}
    assert found["CNAME"] == b"ann.example\n"
    page = found['old "<&one/index.html'].decode()
    assert 'content="0; url=https://ann.example/a/"' in page


@pytest.mark.parametrize(
    "base_url", ["https://ann.github.io/", "https://ann.example/blog/"]
)
def test_github_is_told_no_domain_that_is_not_the_sites_own(make_site, base_url):
    site = make_site({"feeds.toml": f'base_url = "{base_url}"\n', "a.md": "x"})
    assert set(rules(site.edition, "github")) == {".nojekyll"}


def test_s3_has_no_rules(site):
    assert rules(site.edition, "s3") == {}


@pytest.mark.parametrize("host", ["apache", "nginx", "caddy"])
def test_servers_are_told_everything_that_the_server_sends(site, host):
    (text,) = (data.decode() for data in rules(site.edition, host).values())
    for value in (FEED_POLICY, PAGE_POLICY, MEDIA_POLICY):
        assert f'"{value}"' in text
    for name, value in (*GUARDS, *SHARED):
        assert f'{name} "{value}"' in text
