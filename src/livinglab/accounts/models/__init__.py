from livinglab.accounts.models.user import User

__all__ = ["User"]
