from livinglab.portal.models.search_entry import SearchEntry

__all__ = ["SearchEntry"]
