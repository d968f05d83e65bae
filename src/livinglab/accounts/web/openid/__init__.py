"""Signing in through an OpenID Connect server. Settings name this provider in the place of allauth's own.

allauth's checks no signature and sends no nonce, and does not expect that the server fails; here all three are done.
"""
