"""Drive Debian's Firefox, which Playwright can't, through WebDriver BiDi: https://www.w3.org/TR/webdriver-bidi/."""

import json
import re
import shutil
import subprocess
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect


class Firefox:
    """A running Firefox with one tab. Its profile stays between runs."""

    def __init__(self, profile: Path) -> None:
        own = sorted((Path.home() / ".cache" / "ms-playwright").glob("firefox-*/firefox/firefox"))
        self.path = shutil.which("firefox-esr") or next(map(str, own), None)
        assert self.path, "There is no Firefox. `make test` installs one."
        self.profile = profile
        self.profile.mkdir(exist_ok=True)
        self.start()

    def start(self) -> None:
        """Start Firefox and open a session."""
        command = [
            str(self.path),
            "--headless",
            "--no-remote",
            "--profile",
            str(self.profile),
            "--remote-debugging-port",
            "0",
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert self.process.stderr
        lines = iter(self.process.stderr.readline, "")
        (address,) = next(found for line in lines if (found := re.findall(r"ws://\S+", line)))
        self.stack = ExitStack()
        self.connection: ClientConnection = self.stack.enter_context(connect(f"{address}/session", max_size=None))
        self.number = 0
        self.send("session.new", capabilities={})
        self.tab = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **params: object) -> dict[str, Any]:
        """Send a command and return its result."""
        self.number += 1
        self.connection.send(json.dumps({"id": self.number, "method": method, "params": params}))
        while (answer := json.loads(self.connection.recv(timeout=30))).get("id") != self.number:
            pass  # an event
        assert answer["type"] == "success", answer
        result: dict[str, Any] = answer["result"]
        return result

    def open(self, address: str) -> None:
        """Open a page and wait until it is loaded."""
        self.send("browsingContext.navigate", context=self.tab, url=address, wait="complete")

    def evaluate(self, script: str) -> Any:
        """Return the value of an expression in the page, as JSON gives it."""
        target = {"context": self.tab}
        answer = self.send("script.evaluate", expression=f"JSON.stringify({script})", target=target, awaitPromise=True)
        assert answer["type"] == "success", answer
        value = answer["result"].get("value")
        return json.loads(value) if value else None

    def close(self) -> None:
        """Close Firefox as a reader does."""
        self.send("browser.close")
        self.stack.close()
        self.process.wait(timeout=30)
        assert self.process.stderr
        self.process.stderr.close()

    def restart(self) -> None:
        """Close Firefox and start it again."""
        self.close()
        self.start()
