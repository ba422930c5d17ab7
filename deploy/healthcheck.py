"""Ends with 0 if the server in this container is ready, else with 1 and the reason."""

import json
import os
import sys
import urllib.error
import urllib.request

PORT = os.environ.get("VIDEOTHEK_PORT", "8000")

try:
    # No proxy: it is this very container that is asked.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    opener.open(f"http://127.0.0.1:{PORT}/api/health", timeout=5).close()
except urllib.error.HTTPError as answer:
    sys.exit(json.load(answer).get("message", str(answer)))
except OSError as error:
    sys.exit(str(error))
