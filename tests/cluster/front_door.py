"""docs/servers/nginx.conf as it is, on free ports and with a certificate of our own."""

import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

NGINX_CONF = Path(__file__).parents[2] / "docs/servers/nginx.conf"
CERTIFICATES = "/etc/letsencrypt/live/waymark.example/"
CHAIN, KEY = "fullchain.pem", "privkey.pem"
# Ports of docs/servers/nginx.conf, by who listens there.
PORTS = {
    "channels0": 8000,
    "channels1": 8001,
    "channels2": 8002,
    "assistant0": 5005,
    "assistant1": 5006,
    "actions0": 5055,
    "actions1": 5056,
    "assistants": 5000,
    "actions": 5050,
    "web": 80,
    "tls": 443,
}
OUTSIDE = ("web", "tls")


def nginx_conf(folder: Path, ports: dict[str, int], *, tls: bool = True) -> str:
    """The configuration with these ports, as nginx's only one; its certificate is made here.

    Without ``tls`` what listens for it answers in the clear.
    """
    a_certificate(folder)
    conf = NGINX_CONF.read_text()
    for name, port in PORTS.items():
        host = "127.0.0.1:" if name in OUTSIDE else ""
        new = rf"\g<1>{host}{ports[name]}"
        conf, times = re.subn(rf"(listen |127\.0\.0\.1:){port}\b", new, conf)
        assert times == 1, f"{name}: docs/servers/nginx.conf has no port {port}"
    if not tls:
        conf = conf.replace(" ssl http2;", ";")
    conf = conf.replace(CERTIFICATES, f"{folder}/")
    conf = conf.replace("/var/log/nginx/error.log", str(folder / "nginx.error"))
    conf = conf.replace("/var/www/acme", str(folder))
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};\n"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.geteuid() == 0 else ""
    return (
        f"{user}daemon off;\nmaster_process off;\npid {folder}/nginx.pid;\nworker_processes 1;\n"
        f"events {{ worker_connections 1024; }}\nhttp {{\n{paths}{conf}\n}}\n"
    )


def nginx_command(folder: Path) -> list[str]:
    """What starts nginx with the configuration in this folder."""
    program = shutil.which("nginx") or "/usr/sbin/nginx"
    return [program, "-c", str(folder / "nginx.conf"), "-e", "stderr"]


def a_certificate(folder: Path) -> None:
    """A certificate for this machine that it signed itself, good for a day, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "waymark.example")])
    names = [
        x509.DNSName("localhost"),
        x509.DNSName("waymark.example"),
        x509.IPAddress(ip_address("127.0.0.1")),
    ]
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(minutes=5))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    (folder / CHAIN).write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (folder / KEY).write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
