"""Somebody's program: the session of the pages and its CSRF token, sending JSON."""

import json
from typing import Any

from django.test import Client

from livinglab.accounts.models import User


class Reader:
    """Somebody's program, with the session of the pages and its CSRF token."""

    def __init__(self, user: User | None, *, token: bool = True) -> None:
        self.client = Client(enforce_csrf_checks=True)
        if user is not None:
            self.client.force_login(user)
        secret = "a" * 32
        self.client.cookies["csrftoken"] = secret
        self.headers = {"X-CSRFToken": secret} if token else {}

    def send(self, method: str, url: str, body: Any = None) -> Any:
        """This function will send a request and return the answer."""
        data = "" if body is None else json.dumps(body)
        return self.client.generic(method, url, data, content_type="application/json", headers=self.headers)

    def upload(self, url: str, **fields: Any) -> Any:
        """This function will send a form with files and return the answer."""
        return self.client.post(url, fields, headers=self.headers)


def code_of(answered: Any) -> tuple[int, str]:
    """This function will return the status of a refusal and its stable code."""
    return answered.status_code, answered.json()["error"].get("code", "")
