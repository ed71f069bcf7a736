"""Listens as the service manager does: prints each message that arrives at the socket PATH, a line each."""

import socket
import sys
from pathlib import Path

path = Path(sys.argv[1])
with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
    manager.bind(str(path))
    path.chmod(0o666)
    while True:
        for line in manager.recv(65536).decode().splitlines():
            print(line, flush=True)
