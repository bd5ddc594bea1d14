"""Servers of exported files, each with the rules that it was told."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

import pytest

from feeds.export import Wishes, export
from feeds.export.hosts import rules
from feeds.export.hosts.turns import root_of
from feeds.site import Site
from tests.e2e.programs import Server, free_port, needs, started

_MODULES = "/usr/lib/apache2/modules"

_NGINX = """\
{user}
daemon off;
pid {place}/pid;
error_log stderr;
events {{ }}
http {{
    access_log off;
    {temporary}
    server {{
        listen 127.0.0.1:{port};
        root "{place}/public";
        add_header Strict-Transport-Security "max-age=1" always;
        include "{place}/public/{root}feeds.nginx.conf";
    }}
}}
"""
_CADDY = """\
{{
    admin off
    auto_https off
}}
http://127.0.0.1:{port} {{
    root * "{place}/public"
    import "{place}/public/{root}feeds.caddy"
}}
"""
_APACHE = """\
ServerName ann.example
Listen 127.0.0.1:{port}
PidFile {place}/pid
ErrorLog /dev/stderr
{user}
{modules}
TypesConfig /dev/null
AddLanguage br .br
AddType application/x-gzip .gz
DocumentRoot "{place}/public"
<Directory "{place}/public">
    AllowOverride {allowed}
    Require all granted
</Directory>
"""
_INCLUDED = """\
<Directory "{place}/public/{root}">
    Include "{place}/public/{root}.htaccess"
</Directory>
"""
_Run = tuple[str, ...]


def _nginx(place: Path, port: int, root: str) -> _Run:
    kinds = "client_body proxy fastcgi uwsgi scgi".split()
    temporary = " ".join(f"{kind}_temp_path {place}/{kind};" for kind in kinds)
    user = "user root;" if os.geteuid() == 0 else ""
    _write(place, _NGINX, port, root, temporary=temporary, user=user)
    return "nginx", "-e", "stderr", "-p", str(place), "-c", str(place / "conf")


def _caddy(place: Path, port: int, root: str) -> _Run:
    _write(place, _CADDY, port, root)
    command = "caddy run --adapter caddyfile --config".split()
    return (*command, str(place / "conf"))


def _apache(
    place: Path, port: int, root: str, allowed: str = "FileInfo", more: str = ""
) -> _Run:
    names = "mpm_event authz_core mime dir headers rewrite".split()
    modules = "\n".join(f"LoadModule {n}_module {_MODULES}/mod_{n}.so" for n in names)
    user = "User nobody\nGroup nogroup" if os.geteuid() == 0 else ""
    filled = {"modules": modules, "user": user, "allowed": allowed}
    _write(place, _APACHE + more, port, root, **filled)
    return "apache2", "-D", "FOREGROUND", "-d", str(place), "-f", str(place / "conf")


def _apache_once(place: Path, port: int, root: str) -> _Run:
    """Rules that are read once, not at each request."""
    return _apache(place, port, root, "None", _INCLUDED)


def _write(place: Path, text: str, port: int, root: str, **more: str) -> None:
    filled = text.format(place=place, port=port, root=root, **more)
    (place / "conf").write_text(filled)


_Start = Callable[[Path, int, str], _Run]
#: What starts each server, and the host that its rules are for.
SERVERS = [
    pytest.param((_nginx, "nginx"), marks=needs("nginx"), id="nginx"),
    pytest.param((_caddy, "caddy"), marks=needs("caddy"), id="caddy"),
    pytest.param((_apache, "apache"), marks=needs("apache2"), id="apache"),
    pytest.param((_apache_once, "apache"), marks=needs("apache2"), id="apache-once"),
]


@contextmanager
def hosting(start: _Start, name: str, site: Site) -> Iterator[Server]:
    """The site's export, compressed too, as a server has it at its address."""
    root = root_of(site.edition).lstrip("/")
    # A server that gives its rights away cannot read what is pytest's.
    with TemporaryDirectory(prefix="feeds-hosts-", dir="/var/tmp") as folder:
        place = Path(folder)
        place.chmod(0o755)
        wishes = Wishes(compress=True, more=partial(rules, host=name))
        export(site, place / "public" / root, wishes)
        port = free_port()
        url = f"http://127.0.0.1:{port}/{quote(root)}"
        with started(start(place, port, root), place, place / "told", url) as server:
            yield server
