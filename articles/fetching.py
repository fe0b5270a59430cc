"""Asking outside addresses whether they answer, without being led anywhere that is not outside. It knows no Django.

A link is anybody's text, so it may point at this machine or its network, or a name may be made to resolve to them
between two look-ups. Here a name is resolved once, every address it has is checked, and the connection goes to a
checked address; each redirect begins anew. No body is read, and nothing is asked for longer than a few seconds.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

import httpx

Address = IPv4Address | IPv6Address

AT_ONCE = 6
SECONDS_EACH = 5.0
SECONDS_IN_ALL = 20.0
REDIRECTS = 5
PORTS = {80, 443, 8080, 8443}
AGENT = "Mozilla/5.0 (compatible; Dyad link check)"

# A public address under which a cloud answers its own machines with their settings.
_NOT_OUTSIDE = {ip_address("168.63.129.16")}
_NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits
# Not of the public internet either, though the standard library calls some of them global.
_INSIDE = (
    ip_network("fec0::/10"),  # RFC 3879: site-local
    ip_network("64:ff9b:1::/48"),  # RFC 8215: translation within a network
    ip_network("::/96"),  # RFC 4291, 2.5.5.1: IPv4-compatible
    ip_network("::ffff:0:0:0/96"),  # RFC 2765: IPv4-translated
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: ``state`` is fine, moved, broken, refused or late."""

    state: str
    words: str
    to: str = ""


class NotOutside(Exception):
    """An address that is not asked; the message says why."""


def is_outside(address: Address) -> bool:
    """Tell whether an address is of the public internet: not of this machine, its network, or a cloud's own."""
    if isinstance(address, IPv6Address):
        if address in _NAT64:
            return is_outside(IPv4Address(int(address) & 0xFFFFFFFF))
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return is_outside(inner)
        if address.teredo is not None or any(address in network for network in _INSIDE):
            return False
    return address.is_global and not address.is_multicast and address not in _NOT_OUTSIDE


def ask_all(
    addresses: Sequence[str],
    *,
    outside: Callable[[Address], bool] = is_outside,
    ports: set[int] | None = None,
    seconds_each: float = SECONDS_EACH,
    seconds_in_all: float = SECONDS_IN_ALL,
) -> list[Answer]:
    """Ask each address, a few at once, and return the answers in their order; those not reached in time are late.

    ``outside`` says which IP addresses may be connected to, ``ports`` which ports (80, 443, 8080, 8443).
    """
    asking = _ask_all(addresses, outside, ports or PORTS, seconds_each, seconds_in_all)
    # In a thread of its own, since the caller's may have an event loop already.
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(asyncio.run, asking).result()


async def _ask_all(
    addresses: Sequence[str],
    outside: Callable[[Address], bool],
    ports: set[int],
    seconds_each: float,
    seconds_in_all: float,
) -> list[Answer]:
    # Own threads: the loop's own would be waited for, however long a look-up takes.
    resolvers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="resolve")
    gate = asyncio.Semaphore(AT_ONCE)
    resolve = partial(_resolve, resolvers)
    # Connections are closed after each answer: one that was checked for a name is used for no other.
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(timeout=seconds_each, trust_env=False, limits=limits) as client:

        async def answer(address: str) -> Answer:
            async with gate:
                try:
                    async with asyncio.timeout(seconds_each):
                        return await _follow(_Asker(client, resolve, outside, ports), address)
                except TimeoutError:
                    return Answer("late", f"No answer within {seconds_each:.0f} seconds.")

        tasks = [asyncio.create_task(answer(address)) for address in addresses]
        if tasks:
            _, late = await asyncio.wait(tasks, timeout=seconds_in_all)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        resolvers.shutdown(wait=False, cancel_futures=True)
        unasked = Answer("late", f"Not reached within {seconds_in_all:.0f} seconds: check again.")
        return [unasked if task.cancelled() else task.result() for task in tasks]


async def _resolve(resolvers: ThreadPoolExecutor, host: str, port: int) -> list[Address]:
    look_up = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
    found = await asyncio.get_running_loop().run_in_executor(resolvers, look_up)
    return list(dict.fromkeys(ip_address(str(entry[4][0]).partition("%")[0]) for entry in found))


@dataclass(frozen=True, slots=True)
class _Asker:
    client: httpx.AsyncClient
    resolve: Callable[[str, int], Awaitable[list[Address]]]
    outside: Callable[[Address], bool]
    ports: set[int]

    async def ask(self, method: str, url: httpx.URL) -> tuple[int, str]:
        """Return the status and the ``Location`` of the answer to a request. Raises NotOutside, httpx.HTTPError."""
        port = url.port or {"http": 80, "https": 443}.get(url.scheme, 0)
        if url.scheme not in ("http", "https") or not url.host:
            raise NotOutside("Only http and https addresses are asked.")
        if url.userinfo:
            raise NotOutside("It holds a name or password: it is not asked.")
        if port not in self.ports:
            raise NotOutside(f"Port {port} is not asked.")
        try:
            found = await self.resolve(url.host, port)
        except (OSError, UnicodeError) as error:
            raise httpx.ConnectError("There is no such host.") from error
        if not found or not all(self.outside(address) for address in found):
            raise NotOutside("It leads into a private network: it is not asked.")
        # The connection goes to the address that was checked; the name is kept for the host and its certificate.
        at = url.copy_with(host=str(found[0]))
        request = self.client.build_request(
            method, at, headers={"Host": url.netloc.decode("ascii"), "User-Agent": AGENT, "Accept": "*/*"},
            extensions={"sni_hostname": url.raw_host.decode("ascii")},
        )  # fmt: skip
        response = await self.client.send(request, stream=True, follow_redirects=False)
        await response.aclose()
        self.client.cookies.clear()
        return response.status_code, response.headers.get("location", "")


async def _follow(asker: _Asker, address: str) -> Answer:
    """Ask an address, and where it leads to; see Answer."""
    try:
        url = httpx.URL(address)
        is_permanent = True
        place = ""
        for _ in range(REDIRECTS + 1):
            status, location = await asker.ask("HEAD", url)
            if status >= 400:  # some servers know no HEAD, others answer it wrongly
                status, location = await asker.ask("GET", url)
            if status not in (301, 302, 303, 307, 308) or not location:
                return _told(status, place)
            url = url.join(location)
            is_permanent = is_permanent and status in (301, 308)
            place = str(url) if is_permanent else place
    except NotOutside as error:
        return Answer("refused", str(error))
    except httpx.TimeoutException:
        return Answer("late", "No answer in time.")
    except (httpx.InvalidURL, UnicodeError):
        return Answer("broken", "This is no address.")
    except httpx.HTTPError as error:
        return Answer("broken", str(error) if "host" in str(error) else "The connection failed.")
    return Answer("broken", f"It redirects more than {REDIRECTS} times.")


def _told(status: int, place: str) -> Answer:
    if status in (401, 403, 405, 407, 429, 451, 999):
        return Answer("refused", f"The site does not answer programmes ({status}): open it yourself.", place)
    if status >= 400:
        return Answer("broken", f"It answers {status}.", place)
    return Answer("moved", "It moved for good.", place) if place else Answer("fine", "It answers.")
