"""Who asks: whose word is taken for it, and who is near."""

import pytest

from feeds.web.clients import client_of, is_near

ANN, BEN = "192.0.2.1", "192.0.2.2"
NEAR = ["127.0.0.1", "::1", "10.1.2.3", "192.168.1.9", "172.31.0.1", "fd00::7"]


def asking(peer: str, forwarded: str | None = None) -> dict[str, str]:
    named = {} if forwarded is None else {"HTTP_X_FORWARDED_FOR": forwarded}
    return {"REMOTE_ADDR": peer, **named}


def test_who_asks_from_afar_is_known_by_its_address():
    assert client_of(asking(ANN)) == ANN


def test_who_asks_from_afar_is_not_believed_to_be_another():
    assert client_of(asking(ANN, BEN)) == ANN


@pytest.mark.parametrize("proxy", [*NEAR, ""])
def test_a_proxy_that_is_near_names_its_client(proxy):
    assert client_of(asking(proxy, ANN)) == ANN


def test_only_the_last_that_a_proxy_names_is_its_client():
    assert client_of(asking("127.0.0.1", f"{BEN}, unknown, {ANN}")) == ANN


@pytest.mark.parametrize(
    "named", [None, "", "unknown", f"{ANN}:4711", f"{ANN},", "x" * 99]
)
def test_whom_a_proxy_does_not_name_nobody_knows(named):
    assert client_of(asking("127.0.0.1", named)) == ""


def test_a_second_proxy_is_no_client():
    assert client_of(asking("127.0.0.1", f"{ANN}, 10.0.0.1")) == ""


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:DB8:1:2::", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", ANN),
    ],
)
def test_addresses_of_one_owner_are_one_client(address, network):
    assert client_of(asking(address)) == network


@pytest.mark.parametrize("address", [*NEAR, "::ffff:127.0.0.1", "fe80::1%eth0"])
def test_this_machine_and_its_network_are_near(address):
    assert is_near(asking(address))


@pytest.mark.parametrize("address", [ANN, "2001:db8::1", "172.32.0.1", "", "unknown"])
def test_nobody_else_is(address):
    assert not is_near(asking(address))


@pytest.mark.parametrize("name", ["X_FORWARDED_FOR", "FORWARDED", "VIA"])
def test_who_asks_through_a_proxy_is_not_near(name):
    assert not is_near({"REMOTE_ADDR": "127.0.0.1", f"HTTP_{name}": ""})
