"""Keeps the secrets of authenticator apps and recovery codes unreadable for whoever sees only the database."""

import base64
import hashlib

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


class SecondFactorAdapter(DefaultMFAAdapter):
    """Encrypts what allauth stores, with a key made from SECRET_KEY; retired keys still decrypt."""

    def encrypt(self, text: str) -> str:
        """This function will return the text encrypted (Fernet: AES-128-CBC with HMAC-SHA256)."""
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """This function will return what `encrypt` took. Errors: InvalidToken for a text of another key."""
        return _fernet().decrypt(encrypted_text.encode()).decode()


def _fernet() -> MultiFernet:
    return MultiFernet([_one(str(key)) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _one(secret: str) -> Fernet:
    digest = hashlib.sha256(b"livinglab.accounts.second_factor:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
