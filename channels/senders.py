"""Who sent something, as far as a network's address tells."""

import ipaddress

OF_ONE = 64  # bits: whoever has one address of IPv6 has all that begin alike


def sender(host: str) -> str:
    """One sender for limits: an address, or for IPv6 the network that is given to one customer."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:  # a test's, or a socket's: it has none
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((int(address), OF_ONE), strict=False))
