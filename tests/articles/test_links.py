"""The links of an article: where each leads, and what is never asked."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from time import sleep
from typing import Any

import pytest

from articles.actions import change_slug, merge_topics
from articles.fetching import Answer, ask_all, is_outside
from articles.links import MOST, Link, check_links, links_of, within
from tests.factories import make_actor, make_article, make_assertion, make_topic


class Site(BaseHTTPRequestHandler):
    """A site that answers by the path; what it was asked is kept."""

    asked: list[tuple[str, str, str | None]]

    def do_HEAD(self) -> None:
        self.asked.append((self.command, self.path, self.headers["Host"]))
        if self.path == "/slow":
            sleep(2)
        places = {"/old": "/new", "/for-now": "/new", "/round": "/round", "/inward": "http://10.0.0.1/"}
        statuses = {"/gone": 410, "/locked": 403, "/for-now": 302}
        status = statuses.get(self.path, 301 if self.path in places else 200)
        if self.path == "/no-head" and self.command == "HEAD":
            status = 501
        self.send_response(status)
        if self.path in places:
            self.send_header("Location", places[self.path])
        self.end_headers()

    def do_GET(self) -> None:
        self.do_HEAD()

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def site() -> Iterator[ThreadingHTTPServer]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def asked(site: ThreadingHTTPServer, *paths: str, **limits: float) -> list[Answer]:
    """Return the answers of a site on this machine, which is taken for an outside one here."""
    addresses = [f"http://127.0.0.1:{site.server_port}{path}" for path in paths]
    here = ip_address("127.0.0.1")
    return ask_all(addresses, outside=lambda ip: ip == here, ports={site.server_port}, **limits)


def test_an_answer_a_move_for_good_and_a_broken_link_are_told_apart(site: ThreadingHTTPServer) -> None:
    fine, moved, passing, gone, locked = asked(site, "/", "/old", "/for-now", "/gone", "/locked")
    assert fine.state == "fine"
    assert moved == Answer("moved", "It moved for good.", f"http://127.0.0.1:{site.server_port}/new")
    assert passing.state == "fine"
    assert gone == Answer("broken", "It answers 410.")
    assert locked.state == "refused" and "403" in locked.words


def test_a_site_that_knows_no_head_is_asked_by_get(site: ThreadingHTTPServer) -> None:
    assert asked(site, "/no-head")[0].state == "fine"
    assert [method for method, _, _ in Site.asked] == ["HEAD", "GET"]


def test_redirects_in_a_circle_end(site: ThreadingHTTPServer) -> None:
    assert asked(site, "/round")[0] == Answer("broken", "It redirects more than 5 times.")


def test_no_redirect_leads_into_a_private_network(site: ThreadingHTTPServer) -> None:
    assert asked(site, "/inward")[0].state == "refused"


def test_a_slow_site_is_late_and_holds_nobody_up(site: ThreadingHTTPServer) -> None:
    slow, fine = asked(site, "/slow", "/", seconds_each=0.5)
    assert (slow.state, fine.state) == ("late", "fine")
    many = asked(site, *["/slow"] * 20, seconds_each=5, seconds_in_all=0.5)
    assert {answer.state for answer in many} == {"late"}


def test_the_name_is_asked_for_at_the_address_that_was_checked(
    site: ThreadingHTTPServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_ups: list[str] = []

    def resolve(host: str, port: int, **options: Any) -> list[Any]:
        # The first look-up is harmless; a second one would lead elsewhere.
        look_ups.append(host)
        return [(2, 1, 6, "", ("127.0.0.1" if len(look_ups) == 1 else "10.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolve)
    address = f"http://harbour.example:{site.server_port}/"
    here = ip_address("127.0.0.1")
    answer = ask_all([address], outside=lambda ip: ip == here, ports={site.server_port})
    assert answer[0].state == "fine"
    assert look_ups == ["harbour.example"]
    assert Site.asked == [("HEAD", "/", f"harbour.example:{site.server_port}")]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/",
        "http://[::ffff:127.0.0.1]/", "http://169.254.169.254/latest/meta-data/", "http://10.1.2.3/",
        "http://192.168.0.1/", "http://172.16.0.1/", "http://100.100.100.200/", "http://[fd00:ec2::254]/",
        "http://[fe80::1]/", "http://[64:ff9b::7f00:1]/", "http://0.0.0.0/", "http://168.63.129.16/",
        "http://name:word@example.org/", "http://example.org:22/", "ftp://example.org/", "file:///etc/passwd",
        "gopher://example.org/", "http://224.0.0.1/",
        "http://[fec0::1]/", "http://[64:ff9b:1::a00:1]/", "http://[::7f00:1]/", "http://[::ffff:0:7f00:1]/",
    ],
)  # fmt: skip
def test_what_is_not_outside_is_never_asked(address: str) -> None:
    assert ask_all([address])[0].state == "refused"


def test_a_name_is_refused_if_any_of_its_addresses_is_private(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.1", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **options: both)
    assert ask_all(["http://both.example/"])[0].state == "refused"


def test_a_host_that_there_is_not_is_broken(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*args: Any, **options: Any) -> list[Any]:
        raise socket.gaierror("unknown")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert ask_all(["http://nowhere.example/"])[0] == Answer("broken", "There is no such host.")
    assert ask_all(["http://[oops/", "http://a..b/"])[0].state == "broken"


def test_public_addresses_are_outside() -> None:
    assert is_outside(ip_address("93.184.216.34"))
    assert is_outside(ip_address("2606:2800:220:1:248:1893:25c8:1946"))


def test_each_address_of_a_text_is_taken_once_with_its_words() -> None:
    body = '<p><a href="/a/">The <em>vote</em></a>, <a href="/a/">again</a></p>'
    body += '<p><a href="https://b.example/?x=1&amp;y=2">b</a></p>'
    assert [link.href for link in links_of(body)] == ["/a/", "https://b.example/?x=1&y=2"]
    assert links_of(body)[0].words == "The vote"


@pytest.mark.django_db
def test_a_link_of_this_site_is_public_or_not_or_moved_or_nowhere() -> None:
    ada, hidden = make_actor("Ada Vale"), make_actor("Hidden Hand", public=False)
    article, draft = make_article("The bridge"), make_article("The draft", public=False)
    claim = make_assertion("The bridge is closed.", ada)
    change_slug(article, None, "the-long-bridge")
    kept, other = make_topic("Bridges"), make_topic("Bridge")
    merge_topics(kept, [other], None)
    fine = [
        ada.get_absolute_url(),
        claim.get_absolute_url(),
        "/articles/the-long-bridge/",
        "/about/",
        "/actors/",
        "",
    ]
    assert [within(path).state for path in fine] == ["fine"] * len(fine)
    assert within("/articles/the-bridge/") == Answer(
        "moved", "The article has another address now.", "/articles/the-long-bridge/"
    )
    assert within("/topics/bridge/").to == "/topics/bridges/"
    assert within("/actors/ada-vale").to == "/actors/ada-vale/"
    for path in (hidden.get_absolute_url(), draft.get_absolute_url()):
        assert within(path) == Answer("broken", "It is not public: readers find nothing there.")
    for path in ("/actors/nobody/", "/nowhere/", "somewhere", "/admin/", "/assertions/0000000000/"):
        assert within(path).state == "broken"
    assert within("/relationships/ada-vale/hidden-hand/").state == "broken"


@pytest.mark.django_db
def test_only_outside_links_are_asked_and_not_more_than_fifty() -> None:
    sent: list[str] = []

    def ask(addresses: list[str]) -> list[Answer]:
        sent.extend(addresses)
        return [Answer("fine", "It answers.") for _ in addresses]

    links = [
        Link("https://own.example/about/", "own"),
        Link("mailto:ada@vale.example", "mail"),
        Link("http://[", "no"),
    ]
    links += [Link(f"https://far.example/{number}", "far") for number in range(60)]
    checked = check_links(links, {"own.example"}, ask)
    assert len(checked) == MOST
    assert len(sent) == MOST - 3 and all(address.startswith("https://far.example/") for address in sent)
    assert [row.answer.state for row in checked[:3]] == ["fine", "fine", "broken"]
